import type { RunningDiscount } from './discount/schemas';
import { CYCLE_MONTHS, share } from './engine';
import type { FullOffer } from './gateways/port';
import type { SubscriptionRow } from './to-dto';
import { runningDiscount } from './wish';

/** Statuses in which a subscription earns something. */
const EARNING = new Set(['active', 'past_due']);

/** Rule 4: what each whole period is charged for, the plan first. */
export function pricesOf({ plan, cycle, addOns }: FullOffer): number[] {
  const beside = addOns.map(({ version, quantity }) => version.prices[cycle] * quantity);
  return [plan.prices[cycle] ?? 0, ...beside];
}

const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0);

/**
 * What a discount takes off every invoice of a whole cycle, as long as it runs: a percentage line by line. `once` says
 * nothing of a month.
 */
function takenOff(prices: readonly number[], discount: RunningDiscount | null): number {
  if (!discount || discount.duration === 'once') return 0;
  const { off } = discount;
  return 'basisPoints' in off
    ? sum(prices.map((price) => share(price, off.basisPoints, 10_000)))
    : Math.min(off.amount, sum(prices));
}

/**
 * What a subscription is worth a month, in minor units: the prices of its plan and add-ons less the discount that runs,
 * spread over the months of its cycle. 0 while nothing is charged.
 */
export function monthlyValue(offer: FullOffer, row: SubscriptionRow): number {
  const prices = EARNING.has(row.status) ? pricesOf(offer) : [];
  return share(sum(prices) - takenOff(prices, runningDiscount(row)), 1, CYCLE_MONTHS[offer.cycle]);
}
