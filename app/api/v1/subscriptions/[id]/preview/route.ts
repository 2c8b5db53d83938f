import { z } from 'zod';
import { changePreview, changeSubscriptionInput, previewChange } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:read',
    summary: 'See what a change would cost',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    body: changeSubscriptionInput,
    response: changePreview,
    errors: [
      'gateway_cannot',
      'quote_required',
      'no_change',
      'subscription_incomplete',
      'subscription_past_due',
      'subscription_unpaid',
      'subscription_paused',
      'subscription_ended',
    ],
  },
  ({ ctx, params, body }) => previewChange(ctx, params.id, body),
);
