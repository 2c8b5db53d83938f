import type { BillingCycle, PlanLimits, PlanMoney, PlanOffer } from './plan-types';

/** Months in a billing cycle. */
export const cycleMonths: Record<BillingCycle, number> = { monthly: 1, quarterly: 3, annual: 12 };

/** What a reader says they need in a month. */
export type Need = Pick<
  PlanLimits,
  'strategies' | 'backtests_per_month' | 'members' | 'api_calls_per_month'
> & {
  [K in 'strategies' | 'backtests_per_month' | 'members' | 'api_calls_per_month']: number;
};

/** A cycle's price for one month, in minor units rounded to the nearest; null where it is quoted. */
export function pricePerMonth(plan: PlanOffer, cycle: BillingCycle): PlanMoney | null {
  const price = plan.prices[cycle];
  return price && { ...price, amount: Math.round(price.amount / cycleMonths[cycle]) };
}

/** Whole percent saved against paying monthly; 0 where nothing is. */
export function savedPercent(plan: PlanOffer, cycle: BillingCycle): number {
  const price = plan.prices[cycle];
  const monthly = plan.prices.monthly;
  if (!price || !monthly || monthly.amount === 0) return 0;
  return Math.max(0, Math.round((1 - price.amount / (monthly.amount * cycleMonths[cycle])) * 100));
}

export interface Estimate {
  plan: PlanOffer;
  /** Limits that would stop the reader, in the order they are shown. */
  short: (keyof Need)[];
  /** For one month: the plan, and calls past its limit where they are sold. null: quoted, or not enough. */
  perMonth: PlanMoney | null;
  /** The part of `perMonth` that is for calls past the limit. */
  overage: PlanMoney | null;
}

/** What a plan costs for a need: the price when it is enough, else what falls short. Begun thousands count whole. */
export function estimate(plan: PlanOffer, cycle: BillingCycle, need: Need): Estimate {
  const short = (Object.keys(need) as (keyof Need)[]).filter((name) => {
    const limit = plan.limits[name];
    return limit !== null && need[name] > limit;
  });
  const base = pricePerMonth(plan, cycle);
  const rate = plan.overage_per_1000_calls ?? null;
  if (!base || short.some((name) => name !== 'api_calls_per_month')) {
    return { plan, short, perMonth: null, overage: null };
  }
  if (short.length === 0) return { plan, short, perMonth: base, overage: null };
  const limit = plan.limits.api_calls_per_month ?? 0;
  if (!rate) return { plan, short, perMonth: null, overage: null };
  const amount = Math.ceil((need.api_calls_per_month - limit) / 1000) * rate.amount;
  return {
    plan,
    short: [],
    perMonth: { ...base, amount: base.amount + amount },
    overage: { amount, currency: rate.currency },
  };
}

/** The cheapest plan that is enough; null when only a quoted one is. */
export function cheapest(estimates: readonly Estimate[]): Estimate | null {
  const enough = estimates.filter((one) => one.perMonth !== null);
  return enough.reduce<Estimate | null>(
    (best, one) =>
      best?.perMonth && one.perMonth && best.perMonth.amount <= one.perMonth.amount ? best : one,
    null,
  );
}

/** Slider places 0…100 on a scale of even ratios: 1,000 … 2,000,000 in two digits. */
export function callsAt(place: number): number {
  const raw = 1000 * 2000 ** (place / 100);
  const power = 10 ** (Math.floor(Math.log10(raw)) - 1);
  return Math.round(raw / power) * power;
}
