import { z } from 'zod';
import { getPlanMove, planMove } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'A move of subscribers to a new version of a plan, and how far it is',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string(), move: z.string() }),
    response: planMove,
  },
  ({ ctx, params }) => getPlanMove(ctx, { id: params.id, move_id: params.move }),
);
