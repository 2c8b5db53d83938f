import { z } from 'zod';
import { adminDiscount, approveTenantDiscount } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'money:write',
    summary: 'Approve a discount that somebody else asked for',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    response: adminDiscount,
    errors: [
      'second_operator_needed',
      'discount_decided',
      'discount_not_offered',
      'subscription_changed',
      'subscription_changing',
      'provider_refused',
    ],
  },
  ({ ctx, params }) => approveTenantDiscount(ctx, params.id),
);
