import { listMovements } from '@/lib/domains/operator';
import { movementPage, movementsQuery } from '@/lib/domains/revenue/schemas';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'revenue:read',
    summary: 'The customers whose MRR a month changed; their sum is the figure',
    tag: 'Operators',
    access: 'operator',
    query: movementsQuery,
    response: movementPage,
  },
  ({ ctx, query }) => listMovements(ctx, query),
);
