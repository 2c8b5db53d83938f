import { describe, expect, it } from 'vitest';
import type { FullOffer } from '../../gateways/port';
import type { GiftTerms } from '../schemas';
import { mayGiveAlone, yearsValue } from './weigh-gift';

const prices = { monthly: 10_000, quarterly: 27_000, annual: 96_000 };
const offer = (cycle: keyof typeof prices) =>
  ({
    cycle,
    plan: { prices, currency: 'usd' },
    addOns: [
      { version: { prices: { monthly: 500, quarterly: 1_500, annual: 6_000 } }, quantity: 2 },
    ],
  }) as unknown as FullOffer;
const forever = { duration: 'forever' } as const;
const repeating = (months: number) => ({ duration: 'repeating', months }) as const;

describe('what a gift takes off within a year', () => {
  it.each<[string, keyof typeof prices, GiftTerms, number]>([
    [
      'a share of the next invoice, add-ons included',
      'monthly',
      { percent_off: 10, duration: 'once' },
      1_100,
    ],
    ['of some months', 'monthly', { percent_off: 10, ...repeating(3) }, 3_300],
    ['of a year at most', 'monthly', { percent_off: 10, ...repeating(36) }, 13_200],
    ['for ever: of a year', 'monthly', { percent_off: 50, ...forever }, 66_000],
    ['by quarters that have begun', 'quarterly', { percent_off: 10, ...repeating(4) }, 6_000],
    ['of the one invoice of a year', 'annual', { percent_off: 10, ...forever }, 10_800],
    [
      'an amount as it is written',
      'monthly',
      { amount_off: 99_999_900, duration: 'once' },
      99_999_900,
    ],
    ['an amount with each invoice', 'monthly', { amount_off: 2_500, ...forever }, 30_000],
    ['never nothing', 'monthly', { percent_off: 0.01, duration: 'once' }, 1],
  ])('is %s', (_, cycle, gift, value) => {
    expect(yearsValue(offer(cycle), gift)).toBe(value);
  });
});

describe('one operator alone', () => {
  const may = (gift: GiftTerms, value: number, letGoAlone = 0n) =>
    mayGiveAlone(gift, { value, letGoAlone, secondFrom: 50_000 });
  const some: GiftTerms = { percent_off: 10, ...forever };

  it('gives what stays below the bound, with what was given alone before', () => {
    expect([may(some, 49_999), may(some, 50_000)]).toEqual([true, false]);
    expect([may(some, 20_000, 29_999n), may(some, 20_000, 30_000n)]).toEqual([true, false]);
  });

  it('never everything for ever', () => {
    expect(may({ percent_off: 100, ...forever }, 1)).toBe(false);
    expect(may({ percent_off: 100, ...repeating(2) }, 1)).toBe(true);
  });

  it('gives nothing where the bound is 0', () => {
    expect(mayGiveAlone(some, { value: 1, letGoAlone: 0n, secondFrom: 0 })).toBe(false);
  });
});
