import { z } from 'zod';
import { adminDiscount, discountRefusalBody, refuseTenantDiscount } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'money:write',
    summary: 'Refuse a discount that waits for a second operator',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: discountRefusalBody,
    response: adminDiscount,
    errors: ['discount_decided'],
  },
  ({ ctx, params, body }) => refuseTenantDiscount(ctx, params.id, body.reason),
);
