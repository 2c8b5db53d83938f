import { z } from 'zod';
import { refusalsOf, subscriptionDto, withdrawChange } from '@/lib/domains/billing';
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
      'moved_by_operator',
      ...refusalsOf('withdraw_change'),
    ],
  },
  ({ ctx, params }) => withdrawChange(ctx, params.id),
);
