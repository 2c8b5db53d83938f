import { z } from 'zod';
import {
  askPlanMove,
  listPlanMoves,
  planMove,
  planMoveBody,
  planMoveList,
} from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

const shared = {
  tag: 'Operators',
  access: 'operator',
  params: z.object({ id: z.string() }),
} as const;

export const GET = defineRoute(
  {
    ...shared,
    platform: 'platform:read',
    summary: 'Moves of subscribers to a new version of a plan, newest first, and how far they are',
    response: planMoveList,
  },
  async ({ ctx, params }) => ({ data: await listPlanMoves(ctx, params.id), next_cursor: null }),
);

export const POST = defineRoute(
  {
    ...shared,
    platform: 'catalogue:write',
    summary: 'Move those who have older versions of a plan to the one on sale; jobs do it',
    body: planMoveBody,
    response: planMove,
    status: 202,
    errors: ['not_on_sale', 'nobody_to_move', 'version_unknown'],
  },
  ({ ctx, params, body }) => askPlanMove(ctx, { id: params.id, ...body }),
);
