import { getPlanVersion } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { forbidden } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { findOwnSubscription } from '../find-subscription';
import { mayChangeBilling } from '../policy';
import { askOf, wishToChange } from '../write-wish';
import { requireDiscounts } from './apply-code';
import { describeDiscount } from './describe-discount';
import type { Discount, DiscountGift } from './schemas';

/** Giving without a code: operators who move money. */
export function mayGiveDiscounts(ctx: Ctx): void {
  mayChangeBilling(ctx);
  if (ctx.actor.kind !== 'operator')
    throw forbidden('Discounts are given by whoever runs NeoZork.');
}

/**
 * Gives a running subscription a discount of its own, in place of the one it has; the tenant's log says who and
 * why. Throws `forbidden`, `not_found`, 409 by the state machine, `discount_not_offered`, and what asking throws.
 */
export async function giveDiscount(ctx: Ctx, id: string, gift: DiscountGift): Promise<Discount> {
  mayGiveDiscounts(ctx);
  const row = await findOwnSubscription(ctx, id);
  const discounts = requireDiscounts(row);
  const before = wishToChange(row);
  const { planId, planVersion } = before.terms;
  const { currency } = await withTenant(ctx, (tx) => getPlanVersion(tx, planId, planVersion));
  const { percent_off: percent, amount_off: amount = 0, duration, months = null } = gift;
  const discount = await discounts.make({
    id: `nz_${newId().replaceAll('-', '')}`,
    name: 'Agreed discount',
    off: percent === undefined ? { amount, currency } : { basisPoints: Math.round(percent * 100) },
    duration,
    months,
  });
  await askOf(ctx, row, {
    command: 'set_discount',
    wish: { ...before, discount },
    audit: {
      action: 'subscription.discount_given',
      before: { discount: describeDiscount(before.discount) },
      after: { discount: describeDiscount(discount), reason: gift.reason },
    },
  });
  return discount;
}
