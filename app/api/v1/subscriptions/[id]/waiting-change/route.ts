import { z } from 'zod';
import { withdrawChange, subscriptionDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const DELETE = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Withdraw a change that waits',
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
      'nothing_waiting',
      'subscription_past_due',
      'subscription_unpaid',
      'subscription_paused',
      'subscription_incomplete',
      'subscription_ended',
    ],
  },
  ({ ctx, params }) => withdrawChange(ctx, params.id),
);
