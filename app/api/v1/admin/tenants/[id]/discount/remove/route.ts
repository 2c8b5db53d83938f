import { refusalsOf } from '@/lib/domains/billing';
import { discountRemovalBody, removeTenantDiscount } from '@/lib/domains/operator';
import { tenantParams } from '@/lib/domains/tenancy';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'money:write',
    summary: 'Take an organisation’s discount away',
    tag: 'Operators',
    access: 'operator',
    params: tenantParams,
    body: discountRemovalBody,
    errors: [
      'no_subscription',
      'no_discount',
      'subscription_changed',
      'subscription_changing',
      'provider_refused',
      ...refusalsOf('set_discount'),
    ],
  },
  async ({ ctx, params, body }) => {
    await removeTenantDiscount(ctx, { ...body, id: params.id });
    return new Response(null, { status: 204 });
  },
);
