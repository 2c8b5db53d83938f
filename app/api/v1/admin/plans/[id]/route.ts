import { z } from 'zod';
import { adminPlan, getAdminPlan } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'One plan with its versions, who has them, and its draft with a review',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    response: adminPlan,
  },
  ({ ctx, params }) => getAdminPlan(ctx, params.id),
);
