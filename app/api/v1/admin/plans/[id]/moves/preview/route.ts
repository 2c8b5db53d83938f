import { z } from 'zod';
import { planMoveBody, planMovePreview, previewPlanMove } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'catalogue:write',
    summary: 'Whom a move would be about, who would be left out and why, and what they would pay',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: planMoveBody,
    response: planMovePreview,
    errors: ['not_on_sale', 'version_unknown'],
  },
  ({ ctx, params, body }) => previewPlanMove(ctx, { id: params.id, ...body }),
);
