import { z } from 'zod';
import {
  changePreview,
  changeSubscriptionInput,
  previewChange,
  refusalsOf,
} from '@/lib/domains/billing';
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
    errors: ['gateway_cannot', 'quote_required', 'no_change', ...refusalsOf('change_now')],
  },
  ({ ctx, params, body }) => previewChange(ctx, params.id, body),
);
