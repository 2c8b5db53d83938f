import { callStripe, type Stripe, stripeErrorCode } from '@/lib/infra/stripe';
import { conflict, invalidField, isDomainError } from '@/lib/kernel/errors';
import { dateOf } from '@/lib/kernel/unix-time';
import type { Discount, RunningDiscount } from '../../discount/schemas';
import type { Discounts, Sale } from '../port';

/** A subscription must be read with these, so that its discount can be told. */
export const WITH_DISCOUNT = ['discounts.source.coupon', 'discounts.promotion_code'];

const WITH_COUPON = ['data.promotion.coupon', 'data.promotion.coupon.applies_to'];

const wholeOf = <T extends object>(reference: string | T | null | undefined): T | null =>
  typeof reference === 'object' ? reference : null;

/** Marks the coupon of a discount that was given: one that nobody can give themselves by its id. */
const GIVEN = { given_by: 'operator' } as const;

const isGiven = ({ metadata }: Stripe.Coupon) => metadata?.given_by === GIVEN.given_by;

function toDiscount(coupon: Stripe.Coupon, promotion: Stripe.PromotionCode | null): Discount {
  const { percent_off, amount_off, currency } = coupon;
  return {
    key: promotion ? `promotion_code:${promotion.id}` : `coupon:${coupon.id}`,
    code: promotion?.code ?? (isGiven(coupon) ? null : coupon.id),
    name: coupon.name,
    off: percent_off
      ? { basisPoints: Math.round(percent_off * 100) }
      : { amount: amount_off ?? 0, currency: currency ?? '' },
    duration: coupon.duration as Discount['duration'],
    months: coupon.duration_in_months,
  };
}

/** The discount that a subscription has, when it was read with `WITH_DISCOUNT`; rule 11 knows one alone. */
export function discountOf(sub: Stripe.Subscription): RunningDiscount | null {
  const discount = wholeOf(sub.discounts[0]);
  const coupon = wholeOf(discount?.source.coupon);
  if (!discount || !coupon) return null;
  const endsAt = discount.end === null ? null : dateOf(discount.end).toISOString();
  return { ...toDiscount(coupon, wholeOf(discount.promotion_code)), endsAt };
}

/** What the provider is told to give for a discount. */
export function referenceOf({ key }: Discount): { promotion_code: string } | { coupon: string } {
  const [kind = '', id = ''] = /^([^:]+):(.+)$/.exec(key)?.slice(1) ?? [];
  return kind === 'promotion_code' ? { promotion_code: id } : { coupon: id };
}

const inWords = (day: Date) =>
  day.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

type Refusal = (code: string, message: string) => Error;

const isFull = (limit: number | null, used: number) => limit !== null && used >= limit;

/** What somebody typed as a promotion code: one that is on rather than another, and none that is for another customer. */
async function findPromotion(code: string, customer: string | null) {
  const { data } = await callStripe((stripe) =>
    stripe.promotionCodes.list({ code, limit: 100, expand: WITH_COUPON }),
  );
  const ours = data.filter((each) => {
    const only = typeof each.customer === 'object' ? (each.customer?.id ?? null) : each.customer;
    return only === null || only === customer;
  });
  return ours.find(({ active }) => active) ?? ours[0] ?? null;
}

async function findCoupon(id: string): Promise<Stripe.Coupon | null> {
  try {
    const coupon = await callStripe((stripe) =>
      stripe.coupons.retrieve(id, { expand: ['applies_to'] }),
    );
    return isGiven(coupon) ? null : coupon;
  } catch (error) {
    if (stripeErrorCode(error) !== 'resource_missing') throw error;
    return null;
  }
}

function requireGood(
  { typed, until, full, on }: { typed: string; until: number | null; full: boolean; on: boolean },
  now: Date,
  refuse: Refusal,
): void {
  if (until !== null && dateOf(until) <= now) {
    const day = inWords(dateOf(until));
    throw refuse('coupon_expired', `“${typed}” was good until ${day}. Nothing was changed.`);
  }
  if (full) {
    throw refuse('coupon_used_up', `“${typed}” has been used as often as it may be.`);
  }
  if (!on) throw refuse('coupon_invalid', `“${typed}” isn’t good any more.`);
}

function requireFitting(
  typed: string,
  coupon: Stripe.Coupon,
  { offer }: Sale,
  refuse: Refusal,
): void {
  if (coupon.amount_off !== null && coupon.currency !== offer.plan.currency) {
    const [theirs, ours] = [coupon.currency, offer.plan.currency].map((each) =>
      each?.toUpperCase(),
    );
    throw refuse(
      'coupon_wrong_currency',
      `“${typed}” takes off an amount in ${theirs}, and you pay in ${ours}.`,
    );
  }
  const products = coupon.applies_to?.products;
  if (products && !products.includes(`nz_${offer.plan.planId}`)) {
    throw refuse(
      'coupon_not_for_plan',
      `“${typed}” isn’t for ${offer.plan.name}. Choose a plan that it is for, or leave it out.`,
    );
  }
}

type Given = { promotion: Stripe.PromotionCode | null; coupon: Stripe.Coupon };

/** Both the code and what is behind it have to be good, and to fit what is sold. */
function requireUsable(
  typed: string,
  { promotion, coupon }: Given,
  sale: Sale,
  refuse: Refusal,
): void {
  if (promotion) {
    const { expires_at: until, active: on } = promotion;
    const full = isFull(promotion.max_redemptions, promotion.times_redeemed);
    requireGood({ typed, until, full, on }, sale.now, refuse);
  }
  const full = isFull(coupon.max_redemptions, coupon.times_redeemed);
  requireGood({ typed, until: coupon.redeem_by, full, on: coupon.valid }, sale.now, refuse);
  requireFitting(typed, coupon, sale, refuse);
}

/**
 * What a typed code stands for: a promotion code, else a coupon; metadata `reusable: true` of either lets an organisation
 * redeem it more than once. `path` names the field in refusals: 422
 * `coupon_invalid` (unknown, or switched off), `coupon_expired`, `coupon_used_up`, `coupon_wrong_currency`, `coupon_not_for_plan`.
 */
export const findDiscount: Discounts['find'] = async (typed, sale, path) => {
  const refuse: Refusal = (code, message) => invalidField(path, code, message);
  const promotion = await findPromotion(typed, sale.customer);
  const coupon = promotion ? wholeOf(promotion.promotion.coupon) : await findCoupon(typed);
  if (!coupon)
    throw refuse('coupon_invalid', `We don’t know the code “${typed}”. Check the spelling.`);
  requireUsable(typed, { promotion, coupon }, sale, refuse);
  return {
    discount: toDiscount(coupon, promotion),
    reusable: [promotion, coupon].some((each) => each?.metadata?.reusable === 'true'),
  };
};

/** The code and coupon of a discount that was given once; null where they are gone. */
async function readGiven(discount: Discount): Promise<Given | null> {
  const reference = referenceOf(discount);
  try {
    if ('coupon' in reference) {
      const expand = ['applies_to'];
      const coupon = await callStripe((stripe) =>
        stripe.coupons.retrieve(reference.coupon, { expand }),
      );
      return { promotion: null, coupon };
    }
    const expand = ['promotion.coupon', 'promotion.coupon.applies_to'];
    const promotion = await callStripe((stripe) =>
      stripe.promotionCodes.retrieve(reference.promotion_code, { expand }),
    );
    const coupon = wholeOf(promotion.promotion.coupon);
    // One for first payments alone is for nobody who comes back.
    return coupon && !promotion.restrictions.first_time_transaction ? { promotion, coupon } : null;
  } catch (error) {
    if (stripeErrorCode(error) !== 'resource_missing') throw error;
    return null;
  }
}

export const stillGood: Discounts['stillGood'] = async (discount, sale) => {
  const given = await readGiven(discount);
  if (!given) return false;
  try {
    requireUsable(discount.code ?? '', given, sale, conflict);
    return true;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return false;
  }
};

export const makeDiscount: Discounts['make'] = async ({ id, off, duration, months, name }) => {
  const coupon = await callStripe((stripe) =>
    stripe.coupons.create(
      {
        id,
        name,
        duration,
        ...(months === null ? {} : { duration_in_months: months }),
        ...('basisPoints' in off
          ? { percent_off: off.basisPoints / 100 }
          : { amount_off: off.amount, currency: off.currency }),
        metadata: GIVEN,
      },
      { idempotencyKey: `coupon-${id}` },
    ),
  );
  return toDiscount(coupon, null);
};
