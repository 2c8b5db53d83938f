import { z } from 'zod';
import { changePreview, previewAddOns, refusalsOf, setAddOnsInput } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:read',
    summary: 'See what add-ons would cost',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    body: setAddOnsInput,
    response: changePreview,
    errors: [
      'add_on_unknown',
      'add_on_not_for_plan',
      'add_on_too_many',
      'no_change',
      'gateway_cannot',
      ...refusalsOf('set_add_ons'),
    ],
  },
  ({ ctx, params: { id }, body }) => previewAddOns(ctx, id, body),
);
