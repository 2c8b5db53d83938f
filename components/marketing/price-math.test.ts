import { describe, expect, it } from 'vitest';
import type { PlanOffer } from './plan-types';
import { callsAt, cheapest, estimate, pricePerMonth, savedPercent } from './price-math';

const usd = (amount: number) => ({ amount, currency: 'usd' });

const starter: PlanOffer = {
  id: 'starter',
  name: 'Starter',
  prices: { monthly: usd(4_900), quarterly: usd(13_965), annual: usd(49_000) },
  trial_days: 14,
  limits: {
    strategies: 5,
    backtests_per_month: 10,
    members: 1,
    api_calls_per_month: 10_000,
    api_keys: 1,
    storage_bytes: 1e9,
    requests_per_second: 5,
    burst: 20,
  },
  features: [],
};
const professional: PlanOffer = {
  ...starter,
  id: 'professional',
  prices: { monthly: usd(19_900), quarterly: usd(56_715), annual: usd(199_000) },
  limits: {
    ...starter.limits,
    strategies: 25,
    backtests_per_month: 100,
    members: 5,
    api_calls_per_month: 100_000,
  },
};
const quoted: PlanOffer = {
  ...starter,
  id: 'institutional',
  prices: { monthly: null, quarterly: null, annual: null },
  limits: {
    ...starter.limits,
    strategies: null,
    backtests_per_month: null,
    members: null,
    api_calls_per_month: null,
  },
};
const need = { strategies: 3, backtests_per_month: 10, members: 1, api_calls_per_month: 10_000 };

describe('prices by cycle', () => {
  it('spreads a cycle over its months', () => {
    expect(pricePerMonth(starter, 'quarterly')).toEqual(usd(4_655));
    expect(pricePerMonth(starter, 'annual')).toEqual(usd(4_083));
    expect(pricePerMonth(quoted, 'monthly')).toBeNull();
  });
  it('says what a longer cycle saves', () => {
    expect([
      savedPercent(starter, 'monthly'),
      savedPercent(starter, 'quarterly'),
      savedPercent(starter, 'annual'),
    ]).toEqual([0, 5, 17]);
    expect(savedPercent(quoted, 'annual')).toBe(0);
  });
});

describe('estimate', () => {
  it('takes a limit reached exactly as enough', () => {
    expect(estimate(starter, 'monthly', need)).toMatchObject({
      short: [],
      perMonth: usd(4_900),
      overage: null,
    });
  });
  it('names what falls short', () => {
    const result = estimate(starter, 'monthly', { ...need, members: 2, backtests_per_month: 11 });
    expect(result).toMatchObject({ short: ['backtests_per_month', 'members'], perMonth: null });
  });
  it('does not sell calls past the limit while overage is not sold', () => {
    expect(estimate(starter, 'monthly', { ...need, api_calls_per_month: 10_001 })).toMatchObject({
      short: ['api_calls_per_month'],
      perMonth: null,
    });
  });
  it('adds begun thousands once it is sold', () => {
    const sold = { ...starter, overage_per_1000_calls: usd(200) };
    expect(estimate(sold, 'annual', { ...need, api_calls_per_month: 12_500 })).toMatchObject({
      short: [],
      perMonth: usd(4_083 + 600),
      overage: usd(600),
    });
  });
  it('has no price for a quoted plan, but nothing falls short on it', () => {
    expect(estimate(quoted, 'monthly', { ...need, members: 900 })).toMatchObject({
      short: [],
      perMonth: null,
    });
  });
});

describe('cheapest', () => {
  const all = (n: typeof need) =>
    cheapest([starter, professional, quoted].map((plan) => estimate(plan, 'monthly', n)));
  it('finds the least price that is enough', () => {
    expect(all(need)?.plan.id).toBe('starter');
    expect(all({ ...need, members: 4 })?.plan.id).toBe('professional');
  });
  it('finds none when only a quoted plan is enough', () => {
    expect(all({ ...need, members: 60 })).toBeNull();
  });
  it('prefers overage when it is cheaper than the next plan', () => {
    const sold = { ...starter, overage_per_1000_calls: usd(200) };
    const at = (calls: number) =>
      cheapest(
        [sold, professional].map((plan) =>
          estimate(plan, 'monthly', { ...need, api_calls_per_month: calls }),
        ),
      );
    expect(at(20_000)?.plan.id).toBe('starter');
    expect(at(90_000)?.plan.id).toBe('professional');
  });
});

describe('callsAt', () => {
  it('spans the scale with two digits', () => {
    expect([callsAt(0), callsAt(50), callsAt(100)]).toEqual([1_000, 45_000, 2_000_000]);
  });
});
