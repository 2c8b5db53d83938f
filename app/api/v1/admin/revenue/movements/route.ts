import { exportMovements, listMovements } from '@/lib/domains/operator';
import { movementPage, movementsQuery } from '@/lib/domains/revenue/schemas';
import { defineRoute } from '@/lib/transport/define-route';
import { LIST_FORMATS, listAnswer } from '@/lib/transport/list-answer';

export const GET = defineRoute(
  {
    platform: 'revenue:read',
    summary: 'The customers whose MRR a month changed; their sum is the figure',
    tag: 'Operators',
    access: 'operator',
    query: movementsQuery,
    response: movementPage,
    formats: LIST_FORMATS,
  },
  ({ ctx, query, request }) =>
    listAnswer(request, `mrr-${query.kind ?? 'movements'}-${query.month}`, {
      page: () => listMovements(ctx, query),
      whole: () => exportMovements(ctx, query),
    }),
);
