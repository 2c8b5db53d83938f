import { z } from 'zod';
import { listPlanMoveParts, planMovePartPage, planMovePartQuery } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'What became of each tenant in a move to a new version of a plan',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string(), move: z.string() }),
    query: planMovePartQuery,
    response: planMovePartPage,
  },
  ({ ctx, params, query }) =>
    listPlanMoveParts(ctx, { id: params.id, move_id: params.move }, query),
);
