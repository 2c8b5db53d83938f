import { z } from 'zod';
import { resumeSubscription, subscriptionDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Take back a cancellation, or end a pause',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    response: subscriptionDto,
    errors: [
      'subscription_changed',
      'subscription_changing',
      'provider_refused',
      'not_cancelling',
      'payment_failed',
      'subscription_unpaid',
      'subscription_incomplete',
      'subscription_ended',
    ],
  },
  ({ ctx, params }) => resumeSubscription(ctx, params.id),
);
