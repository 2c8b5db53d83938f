import { foreign, type RouteCases } from './route-case';

/** What operators do with operators, discounts and papers. */
export const operatorRouteCases: RouteCases = {
  'GET /api/v1/admin/operators': () => [foreign({})],
  'POST /api/v1/admin/operators': () => [
    foreign({ body: { email: 'me@example.org', name: 'Me', role: 'admin' } }),
  ],
  'POST /api/v1/admin/operators/:id/disable': (w) => [
    foreign({ params: { id: w.owned.member }, body: { reason: 'A good reason' } }),
  ],
  'POST /api/v1/admin/operators/:id/enable': (w) => [
    foreign({ params: { id: w.owned.member }, body: { reason: 'A good reason' } }),
  ],
  'PATCH /api/v1/admin/operators/:id': (w) => [
    foreign({ params: { id: w.owned.member }, body: { role: 'admin', reason: 'A good reason' } }),
  ],
  'POST /api/v1/admin/operators/:id/invite': (w) => [foreign({ params: { id: w.owned.member } })],
  'POST /api/v1/admin/operators/:id/withdraw': (w) => [
    foreign({ params: { id: w.owned.member }, body: { reason: 'A good reason' } }),
  ],
  'POST /api/v1/admin/operators/:id/forget-second-factor': (w) => [
    foreign({ params: { id: w.owned.member }, body: { reason: 'A good reason' } }),
  ],
  'POST /api/v1/admin/operators/:id/reset-password': (w) => [
    foreign({ params: { id: w.owned.member }, body: { reason: 'A good reason' } }),
  ],
  'GET /api/v1/admin/invoices/:id/pdf': (w) => [foreign({ params: { id: w.owned.invoice } })],
  'GET /api/v1/admin/credit-notes/:id/pdf': (w) => [
    foreign({ params: { id: w.owned.creditNote } }),
  ],
  'GET /api/v1/admin/discounts': (w) => [foreign({ query: `?search=${w.victim.slug}` })],
  'POST /api/v1/admin/tenants/:id/discount': (w) => [
    foreign({
      params: { id: w.victim.id },
      body: { percent_off: 10, duration: 'once', reason: 'A good reason' },
    }),
  ],
  'POST /api/v1/admin/tenants/:id/discount/remove': (w) => [
    foreign({ params: { id: w.victim.id }, body: { reason: 'A good reason' } }),
  ],
  'POST /api/v1/admin/discounts/:id/approve': (w) => [
    foreign({ params: { id: w.owned.discount } }),
  ],
  'POST /api/v1/admin/discounts/:id/refuse': (w) => [
    foreign({ params: { id: w.owned.discount }, body: { reason: 'Not owed to them' } }),
  ],
};
