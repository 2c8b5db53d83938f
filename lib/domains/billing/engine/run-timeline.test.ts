import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Act,
  addMonths,
  type Cycle,
  type Discount,
  type Invoice,
  periodAt,
  runTimeline,
  share,
  type Terms,
  type Timeline,
} from './index';

const at = (iso: string) => Date.parse(`${iso}${iso.includes('T') ? '' : 'T00:00:00'}Z`) / 1000;

const PRICES = {
  starter: { monthly: 4_900, quarterly: 13_965, annual: 49_000 },
  professional: { monthly: 19_900, quarterly: 56_715, annual: 199_000 },
} as const;

const terms = (plan: keyof typeof PRICES, cycle: Cycle, seats = 0): Terms => ({
  cycle,
  items: [
    { key: plan, kind: 'plan', price: PRICES[plan][cycle], quantity: 1 },
    ...(seats > 0 ? [{ key: 'seat', kind: 'add_on' as const, price: 1_000, quantity: seats }] : []),
  ],
  overage: [{ meter: 'api_calls', included: 10_000, centsPerThousand: 200 }],
});

const timeline = (acts: Act[], more: Partial<Timeline> = {}): Timeline => ({
  start: { at: at('2026-01-31'), terms: terms('starter', 'monthly'), trialEnd: null },
  acts,
  unitsIn: () => 0,
  budgetOf: () => undefined,
  until: at('2026-04-01'),
  ...more,
});

const brief = ({ at: moment, reason, lines, total, due }: Invoice) => ({
  on: new Date(moment * 1000).toISOString().slice(0, 10),
  reason,
  lines: lines.map((line) => `${line.kind} ${line.key} ${line.amount - line.discount}`),
  total,
  due,
});

describe('periods', () => {
  it('keep the anchor’s day and fall on the last day of shorter months', () => {
    const anchor = at('2024-01-31T10:30:15');
    expect([1, 2, 3, 13].map((n) => new Date(addMonths(anchor, n) * 1000).toISOString())).toEqual([
      '2024-02-29T10:30:15.000Z',
      '2024-03-31T10:30:15.000Z',
      '2024-04-30T10:30:15.000Z',
      '2025-02-28T10:30:15.000Z',
    ]);
  });

  it('hold every moment exactly once', () => {
    const moment = fc.integer({ min: at('2020-01-01'), max: at('2030-01-01') });
    const cycle = fc.constantFrom<Cycle>('monthly', 'quarterly', 'annual');
    fc.assert(
      fc.property(moment, moment, cycle, (one, other, each) => {
        const [anchor, now] = [Math.min(one, other), Math.max(one, other)];
        const period = periodAt(anchor, each, now);
        expect(period.start).toBeLessThanOrEqual(now);
        expect(period.end).toBeGreaterThan(now);
        expect(periodAt(anchor, each, period.end).start).toBe(period.end);
      }),
    );
  });
});

describe('share', () => {
  it('rounds halves away from zero, exactly', () => {
    expect([share(5, 1, 2), share(-5, 1, 2), share(1, 1, 3), share(0, 1, 2)]).toEqual([
      3, -3, 0, 0,
    ]);
    expect(share(9_007_199_254_740_991, 31_536_000, 31_536_000)).toBe(9_007_199_254_740_991);
  });
});

describe('a subscription', () => {
  it('is billed at each boundary', () => {
    const { invoices } = runTimeline(timeline([]));
    expect(invoices.map(brief)).toEqual([
      { on: '2026-01-31', reason: 'start', lines: ['period starter 4900'], total: 4900, due: 4900 },
      {
        on: '2026-02-28',
        reason: 'renewal',
        lines: ['period starter 4900'],
        total: 4900,
        due: 4900,
      },
      {
        on: '2026-03-31',
        reason: 'renewal',
        lines: ['period starter 4900'],
        total: 4900,
        due: 4900,
      },
    ]);
  });

  it('pays nothing for a trial, and a change in it moves nothing', () => {
    const acts: Act[] = [
      {
        at: at('2026-02-03'),
        kind: 'change',
        terms: terms('professional', 'annual'),
        when: 'now',
      },
    ];
    const start = { ...timeline([]).start, trialEnd: at('2026-02-14') };
    const { invoices, account } = runTimeline(timeline(acts, { start }));
    expect(invoices.map(brief)).toEqual([
      { on: '2026-01-31', reason: 'start', lines: ['trial starter 0'], total: 0, due: 0 },
      {
        on: '2026-02-14',
        reason: 'renewal',
        lines: ['period professional 199000'],
        total: 199_000,
        due: 199_000,
      },
    ]);
    expect(account.period.end).toBe(at('2027-02-14'));
  });

  it('credits what is unused and charges what remains, to the second', () => {
    // 14 of 28 days are over on 14 February.
    const acts: Act[] = [
      {
        at: at('2026-02-14'),
        kind: 'change',
        terms: terms('professional', 'monthly'),
        when: 'now',
      },
    ];
    const { invoices } = runTimeline(timeline(acts, { until: at('2026-03-01') }));
    expect(brief(invoices[1] as Invoice)).toEqual({
      on: '2026-02-14',
      reason: 'change',
      lines: ['unused_time starter -2450', 'remaining_time professional 9950'],
      total: 7_500,
      due: 7_500,
    });
    expect(brief(invoices[2] as Invoice).lines).toEqual(['period professional 19900']);
  });

  it('gives back what was paid, not what the price is', () => {
    const half: Discount = {
      id: 'half',
      off: { basisPoints: 5_000 },
      duration: 'once',
      endsAt: null,
    };
    const start = { ...timeline([]).start, discount: half };
    const acts: Act[] = [
      {
        at: at('2026-02-14'),
        kind: 'change',
        terms: terms('professional', 'monthly'),
        when: 'now',
      },
      { at: at('2026-02-14'), kind: 'change', terms: terms('starter', 'monthly'), when: 'now' },
    ];
    const { invoices, account } = runTimeline(timeline(acts, { start, until: at('2026-02-20') }));
    expect(invoices.map((one) => brief(one).lines)).toEqual([
      ['period starter 2450'],
      ['unused_time starter -1225', 'remaining_time professional 9950'],
      ['unused_time professional -9950', 'remaining_time starter 2450'],
    ]);
    expect(invoices[2]).toMatchObject({ total: -7_500, due: 0, fromBalance: -7_500 });
    expect(account.balance).toBe(7_500);
  });

  it('uses credit up before it asks for money', () => {
    const down: Act[] = [
      { at: at('2026-02-14'), kind: 'change', terms: terms('starter', 'monthly'), when: 'now' },
    ];
    const start = { ...timeline([]).start, terms: terms('professional', 'monthly') };
    const { invoices } = runTimeline(timeline(down, { start, until: at('2026-04-01') }));
    expect(invoices.map(({ total, due }) => [total, due])).toEqual([
      [19_900, 19_900],
      [-7_500, 0],
      [4_900, 0],
      [4_900, 2_300],
    ]);
  });

  it('changes at the period’s end, and begins a new anchor with a new cycle', () => {
    const acts: Act[] = [
      {
        at: at('2026-02-10'),
        kind: 'change',
        terms: terms('starter', 'quarterly'),
        when: 'period_end',
      },
    ];
    const { invoices, account } = runTimeline(timeline(acts, { until: at('2026-06-01') }));
    expect(invoices.map((one) => [brief(one).on, one.total])).toEqual([
      ['2026-01-31', 4_900],
      ['2026-02-28', 13_965],
      ['2026-05-28', 13_965],
    ]);
    expect(account.anchor).toBe(at('2026-02-28'));
  });

  it('ends at the boundary, or at once with nothing paid back', () => {
    const end = (when: 'now' | 'period_end') =>
      runTimeline(timeline([{ at: at('2026-02-10'), kind: 'cancel', when }]));
    expect(end('period_end').invoices).toHaveLength(1);
    expect(end('now')).toMatchObject({ account: { status: 'cancelled', balance: 0 } });
    expect(() =>
      runTimeline(
        timeline([
          { at: at('2026-02-10'), kind: 'cancel', when: 'now' },
          { at: at('2026-02-11'), kind: 'keep' },
        ]),
      ),
    ).toThrow('not while cancelled');
  });

  it('is credited for the time it is paused', () => {
    const acts: Act[] = [
      { at: at('2026-02-14'), kind: 'pause' },
      { at: at('2026-05-10'), kind: 'resume' },
    ];
    const { invoices, account } = runTimeline(timeline(acts, { until: at('2026-05-20') }));
    expect(invoices.map((one) => brief(one))).toEqual([
      { on: '2026-01-31', reason: 'start', lines: ['period starter 4900'], total: 4900, due: 4900 },
      {
        on: '2026-05-10',
        reason: 'resume',
        lines: ['unused_time starter -2450', 'period starter 4900'],
        total: 2_450,
        due: 2_450,
      },
    ]);
    expect(account.period).toEqual({ start: at('2026-05-10'), end: at('2026-06-10') });
  });

  it('pays tax on what is left after discounts', () => {
    const start = {
      ...timeline([]).start,
      taxBasisPoints: 1_900,
      discount: {
        id: 'ten',
        off: { amount: 1_000 },
        duration: 'forever',
        endsAt: null,
      } as Discount,
    };
    const { invoices } = runTimeline(timeline([], { start, until: at('2026-02-01') }));
    expect(invoices[0]).toMatchObject({ subtotal: 4_900, discount: 1_000, tax: 741, total: 4_641 });
  });
});

describe('overage', () => {
  const used = (units: number, budget: number | null | undefined = null): Partial<Timeline> => ({
    unitsIn: (_, span) =>
      span.start >= at('2026-02-01') && span.end <= at('2026-03-01') ? units : 0,
    budgetOf: () => budget,
  });

  it('stands on the invoice after the month', () => {
    const { invoices } = runTimeline(timeline([], used(12_345)));
    expect(invoices.map((one) => brief(one).lines)).toEqual([
      ['period starter 4900'],
      ['period starter 4900'],
      ['overage api_calls 469', 'period starter 4900'],
    ]);
  });

  it('keeps to the budget, and costs nothing where it is off', () => {
    const total = (budget: number | undefined) =>
      runTimeline(timeline([], used(100_000, budget))).invoices.at(-1)?.total;
    expect(total(1_000)).toBe(5_900);
    expect(
      runTimeline(timeline([], { ...used(100_000), budgetOf: () => undefined })).invoices.at(-1)
        ?.total,
    ).toBe(4_900);
  });

  it('is corrected by a line of its own when events come late', () => {
    const acts: Act[] = [
      {
        at: at('2026-03-05'),
        kind: 'recount',
        month: at('2026-02-01'),
        meter: 'api_calls',
        units: 11_000,
      },
      {
        at: at('2026-03-06'),
        kind: 'recount',
        month: at('2026-02-01'),
        meter: 'api_calls',
        units: 11_000,
      },
    ];
    const { invoices } = runTimeline(timeline(acts, used(12_345)));
    expect(brief(invoices[2] as Invoice).lines).toEqual([
      'overage api_calls 469',
      'overage_correction api_calls -269',
      'period starter 4900',
    ]);
  });

  it('is charged at once where the next invoice is months away, and at the end', () => {
    const start = { ...timeline([]).start, terms: terms('starter', 'annual') };
    const yearly = runTimeline(timeline([], { ...used(12_345), start }));
    expect(yearly.invoices.map((one) => [one.reason, one.total])).toEqual([
      ['start', 49_000],
      ['usage', 469],
    ]);
    const ended = runTimeline(
      timeline([{ at: at('2026-02-20'), kind: 'cancel', when: 'now' }], used(12_345)),
    );
    expect(brief(ended.invoices[1] as Invoice)).toMatchObject({
      on: '2026-02-20',
      reason: 'end',
      lines: ['overage api_calls 469'],
    });
  });
});
