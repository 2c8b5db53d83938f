import { z } from 'zod';
import {
  applyDiscountCode,
  discountCodeInput,
  refusalsOf,
  removeDiscount,
  subscriptionDto,
} from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

const params = z.object({ id: z.string() });
const errors = [
  'subscription_changed',
  'subscription_changing',
  'provider_refused',
  'discount_not_offered',
  ...refusalsOf('set_discount'),
];

export const PUT = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Apply a promotion code or coupon',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params,
    body: discountCodeInput,
    response: subscriptionDto,
    errors: [
      ...errors,
      'coupon_invalid',
      'coupon_expired',
      'coupon_used_up',
      'coupon_wrong_currency',
      'coupon_not_for_plan',
      'discount_running',
      'coupon_redeemed',
    ],
  },
  ({ ctx, params: { id }, body }) => applyDiscountCode(ctx, id, body),
);

export const DELETE = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Take the discount away',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params,
    response: subscriptionDto,
    errors: [...errors, 'no_discount'],
  },
  ({ ctx, params: { id } }) => removeDiscount(ctx, id),
);
