import { z } from 'zod';
import { payOverdue, subscriptionDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Pay at once what is overdue, from the card or account that is charged',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    response: subscriptionDto,
    errors: [
      'payment_failed',
      'nothing_overdue',
      'paid_by_invoice',
      'subscription_incomplete',
      'subscription_ended',
    ],
  },
  ({ ctx, params }) => payOverdue(ctx, params.id),
);
