import { CYCLE_MONTHS, share } from '../../engine';
import type { FullOffer } from '../../gateways/port';
import { pricesOf } from '../../monthly-value';
import type { GiftTerms } from '../schemas';

const YEAR_MONTHS = 12;

/** Invoices of whole cycles, within a year, that a gift takes something off. */
function invoicesOf({ duration, months = YEAR_MONTHS }: GiftTerms, cycleMonths: number): number {
  if (duration === 'once') return 1;
  const counted = duration === 'forever' ? YEAR_MONTHS : Math.min(months, YEAR_MONTHS);
  return Math.ceil(counted / cycleMonths);
}

/**
 * What a gift takes off within a year, in minor units: a percentage of what the offer costs; an amount as it is written, for the plan may
 * grow under it. At least 1, so that a gift is never nothing.
 */
export function yearsValue(offer: FullOffer, gift: GiftTerms): number {
  const price = pricesOf(offer).reduce((all, amount) => all + amount, 0);
  const { percent_off: percent, amount_off: amount = 0 } = gift;
  const each = percent === undefined ? amount : share(price, Math.round(percent * 100), 10_000);
  return Math.max(1, each * invoicesOf(gift, CYCLE_MONTHS[offer.cycle]));
}

/** Everything off, for ever: nobody gives that alone, whatever the plan costs today. */
const isEverything = ({ percent_off: percent, duration }: GiftTerms) =>
  percent === 100 && duration === 'forever';

/**
 * Whether one operator may give it alone. `letGoAlone`: what operators gave the same subscription alone within a year, so that
 * a large discount isn't cut in small ones. All in minor units.
 */
export const mayGiveAlone = (
  gift: GiftTerms,
  { value, letGoAlone, secondFrom }: { value: number; letGoAlone: bigint; secondFrom: number },
): boolean => !isEverything(gift) && BigInt(value) + letGoAlone < BigInt(secondFrom);
