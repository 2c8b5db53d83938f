import { z } from 'zod';
import { reactivateSubscription, subscriptionDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Come back after the end',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    response: subscriptionDto,
    errors: [
      'not_ended',
      'payment_failed',
      'subscription_exists',
      'invoice_unpaid',
      'quote_required',
    ],
  },
  ({ ctx, params }) => reactivateSubscription(ctx, params.id),
);
