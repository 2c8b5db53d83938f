import type { SubscriptionRow } from '../subscription-row';
import { runningDiscount } from '../wish';
import { asGiven, type Discount, isPastEnd, type RunningDiscount, sameDiscount } from './schemas';

type Said = {
  discount?: RunningDiscount | null;
  currentPeriodStart?: Date | null;
};

/** Whether a discount that isn't there any more went by its own rule: used up, or past its end. */
function isOver(discount: RunningDiscount, at: number): boolean {
  return discount.duration === 'once' || isPastEnd(discount, at);
}

/**
 * The discount that is wished once the provider has `said` what it has. What a subscription has when it is first asked is
 * what is wished of it, and a discount that came to its end isn't wished any longer. Whatever else differs is drift.
 */
export function wishedDiscount(
  row: SubscriptionRow,
  wished: Discount | null,
  { discount: there, currentPeriodStart }: Said,
  now: Date,
): Discount | null {
  if (there === undefined) return wished;
  if (!row.discountRead) return asGiven(there);
  const before = runningDiscount(row);
  if (there || !before || !sameDiscount(before, wished)) return wished;
  // The provider's clock may be ahead of ours: a period that has begun there tells the time.
  const at = Math.max(now.getTime(), currentPeriodStart?.getTime() ?? 0);
  return isOver(before, at) ? null : wished;
}
