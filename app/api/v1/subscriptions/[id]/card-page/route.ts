import { z } from 'zod';
import { renewCardPage, subscriptionDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Open the page that takes a card, the first one or one in place of another',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    response: subscriptionDto,
    errors: ['subscription_incomplete', 'subscription_ended', 'paid_by_invoice', 'gateway_cannot'],
  },
  ({ ctx, params }) => renewCardPage(ctx, params.id),
);
