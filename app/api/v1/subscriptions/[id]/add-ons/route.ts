import { z } from 'zod';
import { refusalsOf, setAddOns, setAddOnsInput, subscriptionDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const PUT = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Set the add-ons of a subscription',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    body: setAddOnsInput,
    response: subscriptionDto,
    errors: [
      'add_on_unknown',
      'add_on_not_for_plan',
      'add_on_too_many',
      'no_change',
      'gateway_cannot',
      'payment_failed',
      'subscription_changed',
      'subscription_changing',
      'provider_refused',
      ...refusalsOf('set_add_ons'),
    ],
  },
  ({ ctx, params: { id }, body }) => setAddOns(ctx, id, body),
);
