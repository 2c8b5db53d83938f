import type Stripe from 'stripe';
import type { Api } from '@/sandbox/stripe/api';
import { invalid } from '@/sandbox/http/errors';
import { newId } from '@/sandbox/stripe/ids';
import { addInterval } from '@/sandbox/stripe/periods';
import { percentage } from '@/sandbox/stripe/rounding';
import type { Coupon, Discount, Invoice } from '@/sandbox/stripe/wire';

type Asked = { coupon?: string; promotion_code?: string; discount?: string };
type Target = { customer: string; subscription?: string | null; checkout?: string | null };

/** A deleted coupon cannot be redeemed again, but the discounts it gave go on. */
export function deletedCoupon(api: Api, id: string): Coupon | undefined {
  return api.store.find('_settings', `deleted_coupon:${id}`)?.value as Coupon | undefined;
}

/** The coupon that a discount is of, deleted meanwhile or not. */
export function couponOf(api: Api, discountId: string): Coupon {
  const id = api.store.get('discount', discountId).source.coupon ?? '';
  const coupon = api.store.find('coupon', id) ?? deletedCoupon(api, id);
  if (!coupon) throw new RangeError(`no coupon ${id}`);
  return coupon;
}

/** The coupon behind a request's `discounts[n]`, checked for validity. Throws Stripe's errors. */
export function resolveCoupon(
  api: Api,
  asked: Asked,
  customer: string | null,
  param = 'discounts[0]',
): { coupon: Coupon; promotion: string | null } {
  const code = asked.promotion_code
    ? api.require('promotion_code', asked.promotion_code, `${param}[promotion_code]`)
    : undefined;
  const id = code?.promotion.coupon ?? asked.coupon;
  if (!id)
    throw invalid('Missing required param: coupon.', `${param}[coupon]`, 'parameter_missing');
  const coupon = api.require('coupon', id, `${param}[coupon]`);
  const now = api.now(api.clockOf(customer));
  const spent = (limit: number | null, used: number) => limit !== null && used >= limit;
  if (
    !coupon.valid ||
    (coupon.redeem_by && coupon.redeem_by < now) ||
    spent(coupon.max_redemptions, coupon.times_redeemed)
  )
    throw invalid(`Coupon expired: ${coupon.id}`, `${param}[coupon]`, 'coupon_expired');
  if (
    code &&
    (!code.active ||
      (code.expires_at && code.expires_at < now) ||
      spent(code.max_redemptions, code.times_redeemed))
  )
    throw invalid(
      'This promotion code cannot be redeemed because it is expired or inactive.',
      `${param}[promotion_code]`,
    );
  if (code?.customer && code.customer !== customer)
    throw invalid(
      'This promotion code cannot be redeemed because it is restricted to another customer.',
      `${param}[promotion_code]`,
    );
  return { coupon, promotion: code?.id ?? null };
}

/** Redeems coupons for a subscription or invoice and returns the ids of the discounts made. */
export function redeem(api: Api, asked: Asked[], target: Target): string[] {
  return asked.map((one, index) => {
    if (one.discount)
      return api.require('discount', one.discount, `discounts[${index}][discount]`).id;
    const { coupon, promotion } = resolveCoupon(api, one, target.customer, `discounts[${index}]`);
    const start = api.now(api.clockOf(target.customer));
    const discount: Discount = {
      id: newId('di'),
      object: 'discount',
      checkout_session: target.checkout ?? null,
      customer: target.customer,
      customer_account: null,
      end:
        coupon.duration === 'repeating'
          ? addInterval(start, 'month', coupon.duration_in_months ?? 1)
          : null,
      invoice: null,
      invoice_item: null,
      promotion_code: promotion,
      source: { coupon: coupon.id, type: 'coupon' },
      start,
      subscription: target.subscription ?? null,
      subscription_item: null,
    };
    const used = coupon.times_redeemed + 1;
    api.store.patch('coupon', coupon.id, {
      times_redeemed: used,
      valid: coupon.max_redemptions === null || used < coupon.max_redemptions,
    });
    if (promotion)
      api.store.patch('promotion_code', promotion, {
        times_redeemed: api.store.get('promotion_code', promotion).times_redeemed + 1,
      });
    api.store.put('discount', discount);
    api.emit('customer.discount.created', discount);
    return discount.id;
  });
}

/** Those of the discounts that are not over at `now`; the end itself is excluded. */
export function runningDiscounts(api: Api, discounts: string[], now: number): string[] {
  return discounts.filter((each) => {
    const { end } = api.store.get('discount', each);
    return end === null || end > now;
  });
}

/** Which products a coupon is for, kept apart from it: Stripe tells that only when asked to; null for all. */
export function productsOf(api: Api, coupon: string): string[] | null {
  const kept = api.store.find('_settings', `applies_to:${coupon}`);
  return kept ? (kept.value as string[]) : null;
}

/** What a line gives discounts to take from: amounts off come off whole periods and one-time items only. */
export type Discountable = { amount: number; percentOnly: boolean; product: string | null };

type Taken = { discount: string; amount: number };

/** What each discount takes off the lines (minor units), in order; never below zero, each share rounded by itself. */
export function discountAmounts(api: Api, discounts: string[], lines: Discountable[]): Taken[][] {
  return takeOff(
    discounts.map((discount) => {
      const coupon = couponOf(api, discount);
      return { discount, coupon, products: productsOf(api, coupon.id) };
    }),
    lines,
  );
}

/** The same for coupons that were not redeemed yet, under names of the caller's. */
export function takeOff(
  coupons: { discount: string; coupon: Coupon; products: string[] | null }[],
  lines: Discountable[],
): Taken[][] {
  const left = lines.map(({ amount }) => Math.max(0, amount));
  const taken: Taken[][] = lines.map(() => []);
  for (const { discount, coupon, products } of coupons) {
    let off = coupon.amount_off ?? 0;
    left.forEach((amount, index) => {
      if (amount === 0 || (!coupon.percent_off && lines[index]?.percentOnly)) return;
      if (products && !products.includes(lines[index]?.product ?? '')) return;
      const taking = coupon.percent_off
        ? percentage(amount, coupon.percent_off)
        : Math.min(amount, off);
      off -= coupon.percent_off ? 0 : taking;
      left[index] = amount - taking;
      taken[index]?.push({ discount, amount: taking });
    });
  }
  return taken;
}

/** What the percentages among the discounts take off an amount. */
export function percentOff(
  api: Api,
  discounts: string[],
  { amount, product }: Pick<Discountable, 'amount' | 'product'>,
): number {
  const [taken = []] = discountAmounts(api, discounts, [{ amount, percentOnly: true, product }]);
  return taken.reduce((sum, each) => sum + each.amount, 0);
}

/** A `once` discount of a subscription is used up by the first invoice from which it took something. */
export function spendOnce(api: Api, invoice: Invoice): void {
  const subscription = invoice.parent?.subscription_details?.subscription;
  if (!subscription) return;
  const spent = (invoice.total_discount_amounts ?? [])
    .filter(({ discount, amount }) => amount > 0 && couponOf(api, discount).duration === 'once')
    .map(({ discount }) => discount);
  const { discounts } = api.store.get('subscription', subscription);
  if (discounts.some((each) => spent.includes(each)))
    api.store.patch('subscription', subscription, {
      discounts: discounts.filter((each) => !spent.includes(each)),
    });
}

export function refuseUnsupportedCoupon(p: Stripe.CouponCreateParams): void {
  if (!p.percent_off && !p.amount_off)
    throw invalid('Must provide percent_off or amount_off when creating a coupon.', 'percent_off');
  if (p.percent_off && p.amount_off)
    throw invalid(
      'You may only specify one of these parameters: amount_off, percent_off.',
      'percent_off',
    );
  if (p.amount_off && !p.currency)
    throw invalid(
      'You must pass currency when passing amount_off',
      'currency',
      'parameter_missing',
    );
  if (p.duration === 'repeating' && !p.duration_in_months)
    throw invalid(
      'Missing required param: duration_in_months.',
      'duration_in_months',
      'parameter_missing',
    );
}
