import { describe, expect, it } from 'vitest';
import { followCohorts } from './cohorts';
import {
  arpaOf,
  arrOf,
  grrOf,
  lifetimeValues,
  logoChurnOf,
  type MovementSum,
  type MrrMonth,
  nrrOf,
  revenueChurnOf,
  rollForward,
} from './metrics';
import { addMonths, monthOf, monthsBetween, monthsFrom } from './months';

const sum = (
  month: string,
  kind: MovementSum['kind'],
  amount: number,
  customers = 1,
): MovementSum => ({ month, kind, amount, customers });

/**
 * Worked by hand. January: ten customers at 100.00. February: two more, one grows by 50.00, one shrinks by 20.00, one
 * of 100.00 leaves. March: the one who left is back at 80.00, two of 100.00 leave.
 */
const SUMS = [
  sum('2031-01', 'new', 100_000, 10),
  sum('2031-02', 'new', 20_000, 2),
  sum('2031-02', 'expansion', 5_000),
  sum('2031-02', 'contraction', -2_000),
  sum('2031-02', 'churn', -10_000),
  sum('2031-03', 'reactivation', 8_000),
  sum('2031-03', 'churn', -20_000, 2),
];
const months = rollForward(SUMS, monthsFrom('2031-01', '2031-04'));
const month = (name: string): MrrMonth => {
  const found = months.find((one) => one.month === name);
  if (!found) throw new Error(name);
  return found;
};

describe('the metrics of a month', () => {
  it('go from what the month before left to what its movements make of it', () => {
    expect(months.map(({ mrrStart, mrr }) => [mrrStart, mrr])).toEqual([
      [0, 100_000],
      [100_000, 113_000],
      [113_000, 101_000],
      [101_000, 101_000],
    ]);
    expect(months.map(({ customers }) => customers)).toEqual([10, 11, 10, 10]);
  });

  it('are the same for whoever asks for fewer months', () => {
    expect(rollForward(SUMS, monthsFrom('2031-03', '2031-04'))).toEqual(months.slice(2));
  });

  it('match the case worked by hand', () => {
    const february = month('2031-02');
    expect(arrOf(february)).toBe(1_356_000);
    expect(arpaOf(february)).toBe(10_273);
    expect(logoChurnOf(february)).toBeCloseTo(10, 10);
    expect(revenueChurnOf(february)).toBeCloseTo(12, 10);
    expect(grrOf(february)).toBeCloseTo(88, 10);
    expect(nrrOf(february)).toBeCloseTo(93, 10);
    const march = month('2031-03');
    expect(logoChurnOf(march)).toBeCloseTo((2 / 11) * 100, 10);
    // Whoever comes back wasn't there at the start, and counts for nothing here.
    expect(nrrOf(march)).toBeCloseTo((93_000 / 113_000) * 100, 10);
  });

  it('divide by nothing nowhere', () => {
    const january = month('2031-01');
    for (const rate of [logoChurnOf, revenueChurnOf, grrOf, nrrOf])
      expect(rate(january)).toBeNull();
    const [nobody] = rollForward([], ['2031-01']);
    expect(nobody && arpaOf(nobody)).toBeNull();
  });

  it('value a life by the churn of three months', () => {
    // April: 101.00 a customer, three lost of 10 + 11 + 10 that were there in February, March and April.
    expect(lifetimeValues(months)).toEqual([
      null,
      Math.round((113_000 / 11) * 10),
      Math.round(10_100 / (3 / 21)),
      Math.round(10_100 / (3 / 31)),
    ]);
  });
});

describe('cohorts', () => {
  it('are followed to the end, through months in which nothing changed', () => {
    const change = (began: string, on: string, amount: number, customers: number) => ({
      began,
      month: on,
      amount,
      customers,
    });
    const changes = [
      change('2031-01', '2031-01', 300, 3),
      change('2031-01', '2031-03', -150, -2),
      change('2031-01', '2031-04', 60, 1),
      change('2031-03', '2031-03', 100, 1),
    ];
    expect(followCohorts(changes, monthsFrom('2031-01', '2031-04'))).toEqual([
      {
        began: '2031-01',
        kept: [
          { customers: 3, amount: 300 },
          { customers: 3, amount: 300 },
          { customers: 1, amount: 150 },
          { customers: 2, amount: 210 },
        ],
      },
      {
        began: '2031-03',
        kept: [
          { customers: 1, amount: 100 },
          { customers: 1, amount: 100 },
        ],
      },
    ]);
  });
});

describe('months', () => {
  it('go on over the year', () => {
    expect(addMonths('2031-11', 3)).toBe('2032-02');
    expect(addMonths('2032-01', -1)).toBe('2031-12');
    expect(monthsBetween('2031-11', '2032-02')).toBe(3);
    expect(monthsFrom('2031-12', '2032-01')).toEqual(['2031-12', '2032-01']);
    expect(monthsFrom('2031-12', '2031-11')).toEqual([]);
  });

  it('are those of UTC', () => {
    expect(monthOf(new Date('2031-02-01T00:30:00+01:00'))).toBe('2031-01');
  });
});
