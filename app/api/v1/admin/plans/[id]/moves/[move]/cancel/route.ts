import { z } from 'zod';
import { cancelPlanMove, planMove } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'catalogue:write',
    summary: 'Take back what hasn’t happened of a move to a new version of a plan',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string(), move: z.string() }),
    response: planMove,
    status: 202,
    errors: ['move_finished'],
  },
  ({ ctx, params }) => cancelPlanMove(ctx, { id: params.id, move_id: params.move }),
);
