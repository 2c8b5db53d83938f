import type { SubscriptionRow } from '../subscription-row';
import { runningDiscount, type Wish } from '../wish';
import { asGiven, type Discount, isPastEnd, type RunningDiscount, sameDiscount } from './schemas';

type Said = {
  discount?: RunningDiscount | null;
  currentPeriodStart?: Date | null;
};

/** The provider's clock may be ahead of ours: a period that has begun there tells the time. In ms. */
const timeOf = ({ currentPeriodStart }: Said, now: Date) =>
  Math.max(now.getTime(), currentPeriodStart?.getTime() ?? 0);

/** What the provider said, without a discount that is past its end: it is named until the next invoice, and takes nothing off. */
export function withoutPastEnd<S extends Said>(said: S, now: Date): S {
  const { discount } = said;
  return discount && isPastEnd(discount, timeOf(said, now)) ? { ...said, discount: null } : said;
}

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
  said: Said,
  now: Date,
): Discount | null {
  const { discount: there } = said;
  if (there === undefined) return wished;
  if (!row.discountRead) return asGiven(there);
  const before = runningDiscount(row);
  if (there || !before || !sameDiscount(before, wished)) return wished;
  return isOver(before, timeOf(said, now)) ? null : wished;
}

/** A wish as it is to be pushed: what came to its end since it was last read isn't given once more, unless the wish `asks` for it. */
export function wishToPush(row: SubscriptionRow, wish: Wish, asks: boolean, now: Date): Wish {
  const known = runningDiscount(row);
  const over = known && sameDiscount(known, wish.discount) && isPastEnd(known, now.getTime());
  return over && !asks ? { ...wish, discount: null } : wish;
}
