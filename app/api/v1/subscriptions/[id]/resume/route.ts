import { z } from 'zod';
import { resumeSubscription, subscriptionDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Take back a cancellation',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    response: subscriptionDto,
    errors: ['not_cancelling', 'subscription_ended'],
  },
  ({ ctx, params }) => resumeSubscription(ctx, params.id),
);
