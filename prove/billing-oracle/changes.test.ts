import { describe, expect, it } from 'vitest';
import { at, change, contract, day, life, percentOff, told } from './by-hand';
import { monthsAfter } from './calendar';
import { basisPoints, share } from './exact';
import { invoicesOf } from './invoices';
import type { Act } from './scenario';

// Every figure below was computed by hand from docs/billing/rules.md or is an example of docs.stripe.com.

describe('rounding', () => {
  it('goes to the nearest cent, halves away from zero', () => {
    expect([
      share(1, 1, 2),
      share(-1, 1, 2),
      share(5, 1, 2),
      share(1, 1, 3),
      share(2, 1, 3),
    ]).toEqual([1, -1, 3, 0, 1]);
    expect(basisPoints(-1050, 1900)).toBe(-200); // 199.5
    expect(share(9_007_199_254_740, 2_678_399, 2_678_400)).toBe(9_007_195_891_837); // less 3362902.95
  });
});

describe('periods (rules 1 to 4)', () => {
  it('bills an anchor of 31 January on the last days of shorter months, as Stripe documents', () => {
    const scenario = life('2023-01-31T10:20:31', '2023-05-15', contract(1000));
    expect(told(scenario)).toEqual([
      '2023-01-31T10:20:31 start: period 1 plan p1000 1000 = 1000',
      '2023-02-28T10:20:31 renewal: period 1 plan p1000 1000 = 1000',
      '2023-03-31T10:20:31 renewal: period 1 plan p1000 1000 = 1000',
      '2023-04-30T10:20:31 renewal: period 1 plan p1000 1000 = 1000',
    ]);
  });

  it('knows leap years', () => {
    expect(day(monthsAfter(at('2023-11-30'), 3))).toBe('2024-02-29');
    expect(day(monthsAfter(at('2024-02-29'), 12))).toBe('2025-02-28');
    expect(day(monthsAfter(at('2024-02-29'), 48))).toBe('2028-02-29');
    expect(day(monthsAfter(at('1999-12-31'), 2))).toBe('2000-02-29');
  });

  it('bills a trial with 0 and the first period at its end, which is the anchor', () => {
    const first = contract(1000);
    const acts = [
      change('2024-01-10', contract(3000, 3)),
      change('2024-01-11', contract(700, 3), 'end'),
    ];
    const scenario = {
      ...life('2024-01-02', '2024-06-01', first, acts),
      trialEnd: at('2024-01-31'),
    };
    expect(told(scenario)).toEqual([
      '2024-01-02 start: trial 1 plan p1000 0 = 0',
      '2024-01-31 renewal: period 1 plan p700 700 = 700',
      '2024-04-30 renewal: period 1 plan p700 700 = 700',
    ]);
  });
});

describe('changes (rules 5 to 8)', () => {
  it('charges 5 for 10 → 20 in the middle of a period, as Stripe documents', () => {
    const acts = [change('2024-04-16', contract(2000))];
    expect(told(life('2024-04-01', '2024-05-01', contract(1000), acts))).toEqual([
      '2024-04-01 start: period 1 plan p1000 1000 = 1000',
      '2024-04-16 change: credit 1 plan p1000 -500, remaining 1 plan p2000 1000 = 500',
    ]);
  });

  it('gives back what was paid, not what the price is, and only of the line that billed it last', () => {
    const acts = [
      change('2024-04-11', contract(6000)),
      { at: at('2024-04-20'), do: 'discount', discount: percentOff(5000, 'forever') } as const,
      change('2024-04-21', contract(900)),
    ];
    const scenario = life('2024-04-01', '2024-05-01', contract(3000), acts);
    // 20 % off: 2400 paid, two thirds left; 4000 less 800 billed for 20 days, 10 of them left.
    expect(told({ ...scenario, discount: percentOff(2000, 'forever') })).toEqual([
      '2024-04-01 start: period 1 plan p3000 3000 less 600 = 2400',
      '2024-04-11 change: credit 1 plan p3000 -1600, remaining 1 plan p6000 4000 less 800 = 1600',
      '2024-04-21 change: credit 1 plan p6000 -1600, remaining 1 plan p900 300 less 150 = 0',
    ]);
  });

  it('leaves alone what stays, and orders credits before charges, the plan before add-ons by key', () => {
    const seats = (quantity: number) => ({ key: 'seats', price: 300, quantity });
    const zones = { key: 'zones', price: 30, quantity: 1 };
    const backup = { key: 'backup', price: 60, quantity: 2 };
    const acts = [change('2024-04-16', contract(1000, 1, [seats(5), backup]))];
    expect(
      told(life('2024-04-01', '2024-05-01', contract(1000, 1, [zones, seats(2)]), acts)),
    ).toEqual([
      '2024-04-01 start: period 1 plan p1000 1000, period 2 add-on seats 600, period 1 add-on zones 30 = 1630',
      '2024-04-16 change: credit 2 add-on seats -300, credit 1 add-on zones -15, remaining 2 add-on backup 60, remaining 5 add-on seats 750 = 495',
    ]);
  });

  it('begins a period at a change of the cycle, now or at the boundary', () => {
    const acts = [
      change('2024-04-16', contract(12_000, 12)),
      change('2025-04-01', contract(500), 'end'),
    ];
    expect(told(life('2024-04-01', '2025-06-01', contract(1000), acts))).toEqual([
      '2024-04-01 start: period 1 plan p1000 1000 = 1000',
      '2024-04-16 change: credit 1 plan p1000 -500, period 1 plan p12000 12000 = 11500',
      '2025-04-16 renewal: period 1 plan p500 500 = 500',
      '2025-05-16 renewal: period 1 plan p500 500 = 500',
    ]);
  });

  it('lets the boundary of February become the anchor of another cycle', () => {
    const acts = [change('2023-02-01', contract(900, 3), 'end')];
    expect(told(life('2023-01-31', '2023-06-01', contract(1000), acts))).toEqual([
      '2023-01-31 start: period 1 plan p1000 1000 = 1000',
      '2023-02-28 renewal: period 1 plan p900 900 = 900',
      '2023-05-28 renewal: period 1 plan p900 900 = 900',
    ]);
  });

  it('forgets a waiting change at a change now, and makes two invoices in one second', () => {
    const acts = [
      change('2024-04-10', contract(50), 'end'),
      change('2024-04-16', contract(2000)),
      change('2024-04-16', contract(1000)),
    ];
    expect(told(life('2024-04-01', '2024-05-02', contract(1000), acts))).toEqual([
      '2024-04-01 start: period 1 plan p1000 1000 = 1000',
      '2024-04-16 change: credit 1 plan p1000 -500, remaining 1 plan p2000 1000 = 500',
      // 500 less than nothing becomes credit, which the renewal uses.
      '2024-04-16 change: credit 1 plan p2000 -1000, remaining 1 plan p1000 500 = 0',
      '2024-05-01 renewal: period 1 plan p1000 1000 = 500',
    ]);
  });
});

describe('the end and the pause (rules 9 and 10)', () => {
  it('ends at the boundary unless it is taken back; a waiting change goes on', () => {
    const acts: Act[] = [
      change('2024-04-02', contract(800), 'end'),
      { at: at('2024-04-03'), do: 'cancel', when: 'end' },
      { at: at('2024-04-04'), do: 'keep' },
      { at: at('2024-05-03'), do: 'cancel', when: 'end' },
    ];
    expect(told(life('2024-04-01', '2024-09-01', contract(1000), acts))).toEqual([
      '2024-04-01 start: period 1 plan p1000 1000 = 1000',
      '2024-05-01 renewal: period 1 plan p800 800 = 800',
    ]);
  });

  it('ends all the same when the plan is changed before the boundary, as Stripe documents', () => {
    const acts: Act[] = [
      { at: at('2024-04-03'), do: 'cancel', when: 'end' },
      change('2024-04-16', contract(2000)),
      change('2024-04-17', contract(3000), 'end'),
    ];
    expect(told(life('2024-04-01', '2024-06-02', contract(1000), acts))).toEqual([
      '2024-04-01 start: period 1 plan p1000 1000 = 1000',
      '2024-04-16 change: credit 1 plan p1000 -500, remaining 1 plan p2000 1000 = 500',
    ]);
  });

  it('pays nothing back at an end at once', () => {
    const acts: Act[] = [{ at: at('2024-04-03'), do: 'cancel', when: 'now' }];
    expect(told(life('2024-04-01', '2024-09-01', contract(1000), acts))).toHaveLength(1);
  });

  it('lets credits of a pause wait for the resumption, which begins a period', () => {
    const acts: Act[] = [
      { at: at('2024-04-03'), do: 'cancel', when: 'end' },
      { at: at('2024-04-16'), do: 'pause' },
      { at: at('2024-06-20'), do: 'resume' },
    ];
    expect(told(life('2024-04-01', '2024-08-01', contract(1000), acts))).toEqual([
      '2024-04-01 start: period 1 plan p1000 1000 = 1000',
      '2024-06-20 resume: credit 1 plan p1000 -500, period 1 plan p1000 1000 = 500',
      '2024-07-20 renewal: period 1 plan p1000 1000 = 1000',
    ]);
  });

  it('invoices the credits of a pause when it ends in a cancellation', () => {
    const acts: Act[] = [
      { at: at('2024-04-16'), do: 'pause' },
      { at: at('2024-06-20'), do: 'cancel', when: 'now' },
    ];
    const last = invoicesOf(life('2024-04-01', '2024-08-01', contract(1000), acts)).at(-1);
    expect(last).toMatchObject({ reason: 'end', total: -500, balanceUsed: -500, due: 0 });
  });
});
