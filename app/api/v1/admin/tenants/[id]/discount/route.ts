import { refusalsOf } from '@/lib/domains/billing';
import { adminDiscount, discountGiftBody, giveTenantDiscount } from '@/lib/domains/operator';
import { tenantParams } from '@/lib/domains/tenancy';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'money:write',
    summary: 'Give an organisation a discount; one that takes off much waits for a second operator',
    tag: 'Operators',
    access: 'operator',
    params: tenantParams,
    body: discountGiftBody,
    response: adminDiscount,
    status: 201,
    errors: [
      'no_subscription',
      'discount_asked_already',
      'discount_not_offered',
      'subscription_changed',
      'subscription_changing',
      'provider_refused',
      ...refusalsOf('set_discount'),
    ],
  },
  ({ ctx, params, body }) => giveTenantDiscount(ctx, { id: params.id, gift: body }),
);
