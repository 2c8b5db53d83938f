import { z } from 'zod';
import {
  discountCodeInput,
  discountPreview,
  previewDiscountCode,
  refusalsOf,
} from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:read',
    summary: 'See what a code would give',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    body: discountCodeInput,
    response: discountPreview,
    errors: [
      'coupon_invalid',
      'coupon_expired',
      'coupon_used_up',
      'coupon_wrong_currency',
      'coupon_not_for_plan',
      'discount_running',
      'coupon_redeemed',
      'discount_not_offered',
      ...refusalsOf('set_discount'),
    ],
  },
  ({ ctx, params: { id }, body }) => previewDiscountCode(ctx, id, body),
);
