import { z } from 'zod';
import { adminPlan, archivePlan, planArchiveBody } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'catalogue:write',
    summary: 'Take a plan off sale; who has it keeps it',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: planArchiveBody,
    response: adminPlan,
    errors: ['not_on_sale', 'trial_plan'],
  },
  ({ ctx, params, body }) => archivePlan(ctx, { id: params.id, ...body }),
);
