import { describe, expect, it } from 'vitest';
import type { PlanVersion } from '@/lib/domains/entitlements';
import { addMonths } from '../engine';
import { shareWithin, simulateOffer, termsOfOffer } from './simulate-offer';

const plan: PlanVersion = {
  planId: 'starter',
  version: 1,
  name: 'Starter',
  rank: 1,
  prices: { monthly: 4_900, quarterly: 13_965, annual: null },
  currency: 'usd',
  trialDays: 14,
  limits: {
    strategies: 5,
    backtests_per_month: 10,
    members: 1,
    api_calls_per_month: 10_000,
    api_keys: 1,
    storage_bytes: 1,
    requests_per_second: 5,
    burst: 20,
  },
  features: [],
  overage: { api_calls: 200 },
  quoted: null,
};
const january = Date.UTC(2026, 0, 1) / 1000;
const at = (month: number) => addMonths(january, month);
const none = () => 0;

function cost(
  cycle: 'monthly' | 'quarterly',
  from: number,
  to: number,
  used = none as () => number,
) {
  const terms = termsOfOffer(plan, cycle);
  if (!terms) throw new Error('it has a price');
  return simulateOffer(terms, [{ start: at(from), end: at(to) }], used);
}

describe('what an offer would have cost', () => {
  it('is the price of each month, and a quarter by the share of its time', () => {
    expect(cost('monthly', 0, 12)).toEqual({ price: 58_800, overage: 0 });
    expect(cost('quarterly', 0, 12)).toEqual({ price: 4 * 13_965, overage: 0 });
    // January and February are 59 of the quarter’s 90 days.
    expect(cost('quarterly', 0, 2).price).toBe(Math.round((13_965 * 59) / 90));
  });

  it('has the overage of each closed month by itself, by the unit', () => {
    // 2,500 calls above 10,000 at $2 a thousand, three times.
    expect(cost('monthly', 0, 3, () => 12_500)).toEqual({ price: 14_700, overage: 1_500 });
    expect(cost('monthly', 0, 3, () => 10_000).overage).toBe(0);
  });

  it('leaves out what lies between spans', () => {
    const terms = termsOfOffer(plan, 'monthly');
    if (!terms) throw new Error('it has a price');
    const spans = [
      { start: at(0), end: at(1) },
      { start: at(3), end: at(4) },
      { start: at(5), end: at(5) },
    ];
    expect(simulateOffer(terms, spans, none).price).toBe(9_800);
  });

  it('isn’t known of a plan on quote', () => {
    expect(termsOfOffer(plan, 'annual')).toBeNull();
  });

  it('shares an amount by time, a credit too', () => {
    const period = { start: 0, end: 100 };
    expect(shareWithin(1_000, period, { start: 50, end: 500 })).toBe(500);
    expect(shareWithin(-1_000, period, { start: 0, end: 25 })).toBe(-250);
    expect(shareWithin(1_000, period, { start: 100, end: 200 })).toBe(0);
  });
});
