import { billingCycleSchema, type PlanVersion } from '@/lib/domains/entitlements';
import type { RunningDiscount } from './discount/schemas';
import { CYCLE_MONTHS, share } from './engine';
import type { SubscriptionRow } from './to-dto';
import { runningDiscount } from './wish';

/** Statuses in which a subscription earns something. */
const EARNING = new Set(['active', 'past_due']);

/** What a discount takes off every invoice of a whole cycle, as long as it runs; `once` says nothing of a month. */
function takenOff(price: number, discount: RunningDiscount | null): number {
  if (!discount || discount.duration === 'once') return 0;
  const { off } = discount;
  return 'basisPoints' in off ? share(price, off.basisPoints, 10_000) : Math.min(off.amount, price);
}

/**
 * What a subscription is worth a month, in minor units: the price of its plan less the discount that runs, spread over
 * the months of its cycle. 0 while nothing is charged.
 */
export function monthlyValue(plan: PlanVersion, row: SubscriptionRow): number {
  const cycle = billingCycleSchema.parse(row.billingCycle);
  const price = EARNING.has(row.status) ? (plan.prices[cycle] ?? 0) : 0;
  return share(price - takenOff(price, runningDiscount(row)), 1, CYCLE_MONTHS[cycle]);
}
