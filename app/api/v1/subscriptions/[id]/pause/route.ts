import { z } from 'zod';
import { pauseSubscription, refusalsOf, subscriptionDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Pause a subscription',
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
      'paid_by_invoice',
      ...refusalsOf('pause'),
    ],
  },
  ({ ctx, params }) => pauseSubscription(ctx, params.id),
);
