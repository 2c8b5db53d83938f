import { z } from 'zod';
import {
  cancelSubscription,
  cancelSubscriptionInput,
  subscriptionDto,
} from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Cancel a subscription',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    body: cancelSubscriptionInput,
    response: subscriptionDto,
    errors: [
      'subscription_changed',
      'subscription_changing',
      'provider_refused',
      'subscription_unpaid',
      'subscription_paused',
      'subscription_ended',
      'subscription_started',
    ],
  },
  ({ ctx, params, body }) => cancelSubscription(ctx, params.id, body),
);
