import type { Call } from './call-route';
import { operatorRouteCases } from './operator-route-cases';
import { planCases } from './plan-cases';
import { foreign, type RouteCase, type RouteCases } from './route-case';
import type { TwoTenants } from './two-tenants';

const own = (call: Call = {}): RouteCase => ({ kind: 'own', ...call });
const open = (call: Call = {}): RouteCase => ({ kind: 'public', ...call });
const csv = {
  type: 'text/csv',
  text: 'time,open,high,low,close,volume\n2024-01-02,9,9,9,9,9\n',
};
const tenant =
  (call: Call = {}) =>
  (w: TwoTenants) => [foreign({ params: { id: w.victim.id }, ...call })];
const strategy =
  (call: Call = {}) =>
  (w: TwoTenants) => [foreign({ params: { id: w.owned.strategy }, ...call })];
const backtest =
  (call: Call = {}) =>
  (w: TwoTenants) => [foreign({ params: { id: w.owned.backtest }, ...call })];
const subscription =
  (call: Call = {}) =>
  (w: TwoTenants) => [foreign({ params: { id: w.owned.subscription }, ...call })];
const quote =
  (call: Call = {}) =>
  (w: TwoTenants) => [foreign({ params: { id: w.owned.quote }, ...call })];
const symbol =
  (call: Call = {}) =>
  (w: TwoTenants) => [foreign({ params: { symbol: w.owned.symbol }, ...call })];
const member =
  (call: Call = {}) =>
  (w: TwoTenants) => [foreign({ params: { id: w.owned.member }, ...call })];
const apiKey =
  (call: Call = {}) =>
  (w: TwoTenants) => [foreign({ params: { id: w.owned.apiKey }, ...call })];
/** A list, also from a cursor that names a row of the victim's. */
const list = (id: (w: TwoTenants) => string) => (w: TwoTenants) => [
  own(),
  own({ query: `?cursor=${encodeURIComponent(id(w))}` }),
  own({ query: `?tenant=${w.attacker.id}` }),
];

/** What is tried at every endpoint. One that isn't here fails the test. */
export const routeCases: RouteCases = {
  'GET /api/v1/health': () => [open()],
  'GET /api/v1/openapi.json': () => [open()],
  'GET /api/v1/admin/audit-events': () => [foreign({})],
  'GET /api/v1/admin/drift': () => [foreign({})],
  'POST /api/v1/admin/drift/:id/heal': (w) => [
    foreign({ params: { id: w.owned.drift }, body: { cure: 'take_theirs' } }),
  ],
  'GET /api/v1/admin/invoices': (w) => [foreign({ query: `?search=${w.victim.slug}` })],
  ...operatorRouteCases,
  'GET /api/v1/admin/refunds': (w) => [foreign({ query: `?search=${w.victim.slug}` })],
  'POST /api/v1/admin/refunds/:id/approve': (w) => [foreign({ params: { id: w.owned.refund } })],
  'POST /api/v1/admin/refunds/:id/refuse': (w) => [
    foreign({ params: { id: w.owned.refund }, body: { reason: 'Not owed to them' } }),
  ],
  ...planCases,
  'GET /api/v1/admin/quotes': (w) => [foreign({ query: `?search=${w.victim.slug}` })],
  'POST /api/v1/admin/quotes': (w) => [foreign({ body: { tenant_id: w.victim.id } })],
  'GET /api/v1/admin/quotes/:id': quote(),
  'PUT /api/v1/admin/quotes/:id/draft': quote({ body: { draft_revision: 0, content: {} } }),
  'POST /api/v1/admin/quotes/:id/send': quote({ body: { draft_revision: 1 } }),
  'POST /api/v1/admin/quotes/:id/withdraw': quote({ body: { reason: 'A good reason' } }),
  'GET /api/v1/admin/revenue': () => [foreign({})],
  'GET /api/v1/admin/revenue/cohorts': () => [foreign({})],
  'GET /api/v1/admin/revenue/customers': () => [foreign({ query: '?month=2031-01' })],
  'GET /api/v1/admin/revenue/forecast': () => [foreign({})],
  'GET /api/v1/admin/revenue/invoices': () => [
    foreign({ query: '?month=2031-01&measure=invoiced' }),
  ],
  'GET /api/v1/admin/revenue/movements': () => [foreign({ query: '?month=2031-01' })],
  'GET /api/v1/admin/stats': () => [foreign({})],
  'GET /api/v1/admin/subscriptions': (w) => [foreign({ query: `?search=${w.victim.slug}` })],
  'GET /api/v1/admin/tenants': (w) => [foreign({ query: `?search=${w.victim.slug}` })],
  'GET /api/v1/admin/tenants/:id/clock': tenant(),
  'POST /api/v1/admin/tenants/:id/clock': tenant({ body: { to: '2031-01-01T00:00:00Z' } }),
  'GET /api/v1/admin/webhooks': () => [foreign({})],
  'POST /api/v1/admin/sign-out': () => [foreign({})],
  'GET /api/v1/add-ons': () => [open()],
  'GET /api/v1/plans': () => [open()],
  'GET /api/v1/plans/:id': () => [open({ params: { id: 'starter' } })],
  'POST /api/v1/auth/login': (w) => [
    open({ body: { username: w.victim.email, password: 'a wrong guess', tenant_id: w.victim.id } }),
  ],
  'POST /api/v1/auth/refresh': () => [open({ body: { refresh_token: 'nz_rt_unknown' } })],
  'POST /api/v1/auth/logout': () => [],
  'GET /api/v1/auth/me': () => [own()],
  'PATCH /api/v1/auth/me': () => [own({ body: { name: 'Somebody Else' } })],
  'PUT /api/v1/auth/password': () => [
    own({ body: { current_password: 'a wrong guess', password: 'another long secret 9' } }),
  ],
  'POST /api/v1/auth/password-resets': () => [open({ body: { email: 'nobody@example.com' } })],
  'GET /api/v1/auth/sessions': () => [own()],
  'DELETE /api/v1/auth/sessions': () => [],
  'DELETE /api/v1/auth/sessions/:id': (w) => [foreign({ params: { id: w.owned.session } })],
  'GET /api/v1/tenants': list((w) => w.victim.id),
  'POST /api/v1/tenants': () => [
    open({ body: { name: 'Third', email: 'x', tenant_type: 'individual' } }),
  ],
  'GET /api/v1/tenants/:id': tenant(),
  'PATCH /api/v1/tenants/:id': tenant({ body: { name: 'Taken over' } }),
  'PUT /api/v1/tenants/:id': tenant({ body: { name: 'Taken over' } }),
  'DELETE /api/v1/tenants/:id': tenant(),
  'GET /api/v1/tenants/:id/api-keys': tenant(),
  'POST /api/v1/tenants/:id/api-keys': tenant({ body: { name: 'mine' } }),
  'GET /api/v1/tenants/:id/branding': tenant(),
  'PATCH /api/v1/tenants/:id/branding': tenant({ body: { accent: '#aa0000' } }),
  'PUT /api/v1/tenants/:id/branding/logo/:variant': (w) => [
    foreign({
      params: { id: w.victim.id, variant: 'light' },
      raw: {
        type: 'image/svg+xml',
        text: '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"/>',
      },
    }),
  ],
  'DELETE /api/v1/tenants/:id/branding/logo/:variant': (w) => [
    foreign({ params: { id: w.victim.id, variant: 'light' } }),
  ],
  'GET /api/v1/tenants/:id/customers': tenant(),
  'POST /api/v1/tenants/:id/customers': tenant({
    body: { email: 'me@example.org', role: 'admin' },
  }),
  'GET /api/v1/tenants/:id/invoices': tenant(),
  'GET /api/v1/tenants/:id/clock': tenant(),
  'POST /api/v1/tenants/:id/clock': tenant({ body: { to: '2031-01-01T00:00:00Z' } }),
  'GET /api/v1/tenants/:id/overage': tenant(),
  'PUT /api/v1/tenants/:id/overage/:meter': (w) => [
    foreign({ params: { id: w.victim.id, meter: 'api_calls' }, body: { mode: 'on' } }),
  ],
  'GET /api/v1/tenants/:id/plan-simulation': tenant(),
  'GET /api/v1/tenants/:id/subscriptions': tenant(),
  'POST /api/v1/tenants/:id/subscriptions': tenant({
    body: { plan_id: 'professional', billing_cycle: 'monthly' },
  }),
  'GET /api/v1/tenants/:id/billing-details': tenant(),
  'PUT /api/v1/tenants/:id/billing-details': tenant({ body: { company_name: 'Taken over' } }),
  'GET /api/v1/tenants/:id/usage': tenant(),
  'GET /api/v1/tenants/:id/usage/current': tenant(),
  'GET /api/v1/customers/:id': member(),
  'PATCH /api/v1/customers/:id': member({ body: { role: 'viewer' } }),
  'DELETE /api/v1/customers/:id': member(),
  'DELETE /api/v1/api-keys/:id': apiKey(),
  'POST /api/v1/api-keys/:id/rotate': apiKey({ body: {} }),
  'GET /api/v1/audit-events': list((w) => w.owned.strategy),
  'GET /api/v1/subscriptions/:id': subscription(),
  'PATCH /api/v1/subscriptions/:id': subscription({ body: { plan_id: 'enterprise' } }),
  'POST /api/v1/subscriptions/:id/preview': subscription({ body: { plan_id: 'enterprise' } }),
  'POST /api/v1/subscriptions/:id/cancel': subscription({ body: { when: 'now' } }),
  'POST /api/v1/subscriptions/:id/resume': subscription({ body: {} }),
  'POST /api/v1/subscriptions/:id/pause': subscription({ body: {} }),
  'POST /api/v1/subscriptions/:id/reactivate': subscription({ body: {} }),
  'POST /api/v1/subscriptions/:id/card-page': subscription({ body: {} }),
  'POST /api/v1/subscriptions/:id/pay': subscription({ body: {} }),
  'DELETE /api/v1/subscriptions/:id/waiting-change': subscription(),
  'PUT /api/v1/subscriptions/:id/discount': subscription({ body: { code: 'CODE' } }),
  'DELETE /api/v1/subscriptions/:id/discount': subscription(),
  'POST /api/v1/subscriptions/:id/discount/preview': subscription({ body: { code: 'CODE' } }),
  'PUT /api/v1/subscriptions/:id/add-ons': subscription({ body: { add_ons: [] } }),
  'POST /api/v1/subscriptions/:id/add-ons/preview': subscription({ body: { add_ons: [] } }),
  'GET /api/v1/invoices/:id': (w) => [foreign({ params: { id: w.owned.invoice } })],
  'GET /api/v1/invoices/:id/explain': (w) => [foreign({ params: { id: w.owned.invoice } })],
  'GET /api/v1/invoices/:id/pdf': (w) => [foreign({ params: { id: w.owned.invoice } })],
  'GET /api/v1/credit-notes/:id/pdf': (w) => [foreign({ params: { id: w.owned.creditNote } })],
  'GET /api/v1/invoices/:id/refunds': (w) => [foreign({ params: { id: w.owned.invoice } })],
  'POST /api/v1/invoices/:id/refunds': (w) => [
    foreign({ params: { id: w.owned.invoice }, body: { reason: 'Give it to me' } }),
  ],
  'GET /api/v1/tenants/:id/quotes': tenant(),
  'POST /api/v1/tenants/:id/quotes': tenant({ body: { billing_cycle: 'annual', message: 'mine' } }),
  'GET /api/v1/quotes/:id': quote(),
  'GET /api/v1/quotes/:id/acceptance': quote(),
  'GET /api/v1/quotes/:id/pdf': quote(),
  'POST /api/v1/quotes/:id/accept': quote({ body: { revision: 1 } }),
  'POST /api/v1/quotes/:id/decline': quote({ body: { revision: 1 } }),
  'GET /api/v1/meters': () => [own()],
  'POST /api/v1/meters': () => [],
  'POST /api/v1/usage/events': () => [own({ body: { id: 'CANARY7Q', meter: 'custom_events' } })],
  'POST /api/v1/usage/events/batch': () => [
    own({ body: { events: [{ id: 'CANARY7Q', meter: 'canary7q' }] } }),
  ],
  'GET /api/v1/usage/stream': () => [own({ query: '?since_seq=0' })],
  'GET /api/v1/events/stream': () => [own({ query: '?since_seq=0' })],
  'GET /api/v1/instruments': list((w) => w.owned.symbol),
  'POST /api/v1/instruments': () => [],
  'GET /api/v1/instruments/:symbol': symbol(),
  'PATCH /api/v1/instruments/:symbol': symbol({ body: { name: 'Taken over' } }),
  'DELETE /api/v1/instruments/:symbol': symbol(),
  'GET /api/v1/instruments/:symbol/bars': symbol({ query: '?timeframe=1d' }),
  'POST /api/v1/instruments/:symbol/bars': symbol({ query: '?timeframe=1d', raw: csv }),
  'GET /api/v1/strategies': list((w) => w.owned.strategy),
  'POST /api/v1/strategies': () => [],
  'GET /api/v1/strategies/presets': () => [own()],
  'GET /api/v1/strategies/:id': strategy(),
  'PATCH /api/v1/strategies/:id': strategy({ body: { name: 'Taken over' } }),
  'DELETE /api/v1/strategies/:id': strategy(),
  'GET /api/v1/strategies/:id/versions': strategy(),
  'GET /api/v1/backtests': (w) => [
    ...list((world) => world.owned.backtest)(w),
    own({ query: `?strategy_id=${w.owned.strategy}` }),
  ],
  'POST /api/v1/backtests': (w) => [
    foreign({
      body: { strategy_id: w.owned.strategy, symbol: 'SPX', timeframe: '1d', cash: 1000 },
    }),
  ],
  'GET /api/v1/backtests/:id': backtest(),
  'DELETE /api/v1/backtests/:id': backtest(),
  'GET /api/v1/backtests/:id/trades': backtest(),
  'GET /api/v1/backtests/:id/equity': backtest(),
};
