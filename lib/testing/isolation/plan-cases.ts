import { foreign, type RouteCases } from './route-case';
import type { TwoTenants } from './two-tenants';

const move = { to_version: 1, from_versions: [7] };
const planMove = (w: TwoTenants) => [
  foreign({ params: { id: 'professional', move: w.owned.planMove } }),
];

/** What is tried at the endpoints of operators who decide over plans. */
export const planCases: RouteCases = {
  'GET /api/v1/admin/plans': () => [foreign({})],
  'GET /api/v1/admin/plans/:id': () => [foreign({ params: { id: 'starter' } })],
  'PUT /api/v1/admin/plans/:id/draft': () => [
    foreign({ params: { id: 'starter' }, body: { revision: 0, content: {} } }),
  ],
  'DELETE /api/v1/admin/plans/:id/draft': () => [
    foreign({ params: { id: 'starter' }, query: '?revision=1' }),
  ],
  'POST /api/v1/admin/plans/:id/publish': () => [
    foreign({ params: { id: 'starter' }, body: { revision: 1 } }),
  ],
  'POST /api/v1/admin/plans/:id/archive': () => [
    foreign({ params: { id: 'professional' }, body: { version: 1 } }),
  ],
  'GET /api/v1/admin/plans/:id/reprice': () => [foreign({ params: { id: 'starter' } })],
  'GET /api/v1/admin/plans/:id/reprice/csv': () => [foreign({ params: { id: 'starter' } })],
  'POST /api/v1/admin/plans/:id/reprice': () => [
    foreign({ params: { id: 'starter' }, body: { months: 6 } }),
  ],
  'GET /api/v1/admin/plans/:id/moves': () => [foreign({ params: { id: 'professional' } })],
  'POST /api/v1/admin/plans/:id/moves': () => [
    foreign({ params: { id: 'professional' }, body: move }),
  ],
  'POST /api/v1/admin/plans/:id/moves/preview': () => [
    foreign({ params: { id: 'professional' }, body: move }),
  ],
  'GET /api/v1/admin/plans/:id/moves/:move': planMove,
  'GET /api/v1/admin/plans/:id/moves/:move/parts': planMove,
  'POST /api/v1/admin/plans/:id/moves/:move/cancel': planMove,
};
