import { callStripe, stripeErrorCode } from '@/lib/infra/stripe';
import { invalidField } from '@/lib/kernel/errors';

type Discount = { promotion_code: string } | { coupon: string };

/**
 * What a typed code stands for at the provider: a promotion code that is on, else a coupon that
 * is still good. Throws 422 `coupon_invalid`.
 */
export async function findDiscount(code: string): Promise<Discount> {
  const codes = await callStripe((stripe) =>
    stripe.promotionCodes.list({ code, active: true, limit: 1 }),
  );
  const [promotion] = codes.data;
  if (promotion) return { promotion_code: promotion.id };
  try {
    const coupon = await callStripe((stripe) => stripe.coupons.retrieve(code));
    if (coupon.valid) return { coupon: coupon.id };
  } catch (error) {
    if (stripeErrorCode(error) !== 'resource_missing') throw error;
  }
  throw invalidField('coupon', 'coupon_invalid', `“${code}” isn’t a code that is good now.`);
}
