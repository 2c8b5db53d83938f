import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { findOwnSubscription } from '../../find-subscription';
import { nextOffer } from '../../next-offer';
import { readOffer } from '../../read-offer';
import type { SubscriptionRow } from '../../subscription-row';
import { wishToChange } from '../../write-wish';
import { requireDiscounts } from '../apply-code';
import type { Discount, GiftTerms } from '../schemas';
import { yearsValue } from './weigh-gift';

/** A gift as it is asked for, and the subscription as it was read. */
export type PreparedGift = {
  /** Of the request; names the coupon. */
  id: string;
  subscription: SubscriptionRow;
  terms: GiftTerms;
  /** What it takes off within a year, by the dearer of what runs and what waits; in minor units. */
  value: number;
  currency: string;
  /** Has the discount made at whoever collects, under the request's name: asked twice it is one. Outside transactions. */
  make: () => Promise<Discount>;
};

/**
 * Looks whether a running subscription can have a gift, and what that takes off. Throws `not_found`, 409 by the state machine,
 * `discount_not_offered`.
 */
export async function prepareGift(
  ctx: Ctx,
  subscriptionId: string,
  id: string,
  terms: GiftTerms,
): Promise<PreparedGift> {
  const subscription = await findOwnSubscription(ctx, subscriptionId);
  const discounts = requireDiscounts(subscription);
  const { offer, next } = await withTenant(ctx, async (tx) => ({
    offer: await readOffer(tx, wishToChange(subscription).terms),
    next: await nextOffer(tx, subscription),
  }));
  const { currency } = offer.plan;
  const { percent_off: percent, amount_off: amount = 0, duration, months = null } = terms;
  return {
    id,
    subscription,
    terms,
    value: Math.max(...[offer, ...(next ? [next] : [])].map((one) => yearsValue(one, terms))),
    currency,
    make: () =>
      discounts.make({
        id: `nz_${id.replaceAll('-', '')}`,
        name: 'Agreed discount',
        off:
          percent === undefined ? { amount, currency } : { basisPoints: Math.round(percent * 100) },
        duration,
        months,
      }),
  };
}
