import { describe, expect, it } from 'vitest';
import { monthsAfter } from './calendar';
import { basisPoints, share } from './exact';
import { invoicesOf } from './invoices';
import { refundsOf } from './refunds';
import type { Act, Allowance, Contract, Cycle, Discount, Scenario } from './scenario';

// Every figure below was computed by hand from docs/billing/rules.md or is an example of docs.stripe.com.

const at = (time: string) =>
  Date.parse(`${time.includes('T') ? time : `${time}T00:00:00`}Z`) / 1000;
const day = (seconds: number) =>
  new Date(seconds * 1000).toISOString().replace(/(T00:00:00)?\.000Z/, '');

function contract(price: number, cycle: Cycle = 1, addOns: Contract['addOns'] = []): Contract {
  return { cycle, plan: { key: `p${price}`, price }, addOns, meters: {} };
}

function metered(price: number, cycle: Cycle, calls: Allowance): Contract {
  return { ...contract(price, cycle), meters: { calls } };
}

function life(from: string, until: string, first: Contract, acts: Act[] = []): Scenario {
  return {
    name: 'by hand',
    start: at(from),
    until: at(until),
    trialEnd: null,
    contract: first,
    tax: 0,
    balance: 0,
    discount: null,
    overage: { calls: { on: true, budget: null } },
    acts,
  };
}

const percentOff = (
  percent: number,
  duration: Discount['duration'],
  months: number | null = null,
) => ({
  percent,
  amount: null,
  duration,
  months,
});
const amountOff = (amount: number, duration: Discount['duration']): Discount => ({
  percent: null,
  amount,
  duration,
  months: null,
});
const change = (time: string, to: Contract, when: 'now' | 'end' = 'now'): Act => ({
  at: at(time),
  do: 'change',
  when,
  to,
});
const reading = (time: string, month: string, total: number): Act => ({
  at: at(time),
  do: 'reading',
  meter: 'calls',
  month: at(month),
  total,
});

/** Each invoice as one text: when, why, lines (less their discounts) and what is due. */
function told(scenario: Scenario): string[] {
  return invoicesOf(scenario).map((invoice) => {
    const lines = invoice.lines.map((line) => {
      const less = line.discount === 0 ? '' : ` less ${line.discount}`;
      return `${line.kind} ${line.quantity} ${line.key} ${line.amount}${less}`;
    });
    return `${day(invoice.at)} ${invoice.reason}: ${lines.join(', ')} = ${invoice.due}`;
  });
}

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

describe('discounts, tax and balance (rules 11 and 12)', () => {
  it('takes an amount of 200 off 100 and off 300, as Stripe documents', () => {
    const discount = amountOff(200, 'forever');
    const due = (price: number) =>
      invoicesOf({ ...life('2024-04-01', '2024-04-02', contract(price)), discount }).map(
        (one) => one.due,
      );
    expect([due(100), due(300)]).toEqual([[0], [100]]);
  });

  it('spends an amount line by line, on whole periods only, and once only when it took something', () => {
    const seats = { key: 'seats', price: 300, quantity: 1 };
    const acts: Act[] = [
      { at: at('2024-04-10'), do: 'discount', discount: amountOff(1200, 'once') },
      change('2024-04-16', contract(2000, 1, [seats])),
    ];
    expect(
      told(life('2024-04-01', '2024-06-02', contract(1000, 1, [seats]), acts)).slice(1),
    ).toEqual([
      '2024-04-16 change: credit 1 plan p1000 -500, remaining 1 plan p2000 1000 = 500',
      '2024-05-01 renewal: period 1 plan p2000 2000 less 1200, period 1 add-on seats 300 = 1100',
      '2024-06-01 renewal: period 1 plan p2000 2000, period 1 add-on seats 300 = 2300',
    ]);
  });

  it('ends a repeating one in the second in which its months are over', () => {
    const discount = percentOff(1250, 'repeating', 2);
    const scenario = { ...life('2024-01-31', '2024-04-15', contract(999)), discount };
    // 124.875; the boundary of 31 March is the end, which is excluded.
    expect(told(scenario)).toEqual([
      '2024-01-31 start: period 1 plan p999 999 less 125 = 874',
      '2024-02-29 renewal: period 1 plan p999 999 less 125 = 874',
      '2024-03-31 renewal: period 1 plan p999 999 = 999',
    ]);
  });

  it('taxes the sum once, also below zero, and uses credit before anything is due', () => {
    const acts = [change('2024-04-16', contract(0))];
    const scenario = {
      ...life('2024-04-01', '2024-05-02', contract(999), acts),
      tax: 1900,
      balance: 100,
    };
    const [first, second, third] = invoicesOf(scenario);
    expect(first).toMatchObject({ tax: 190, total: 1189, balanceUsed: 100, due: 1089 });
    // 499.5 → 500, and 19 % of it is 95.
    expect(second).toMatchObject({ tax: -95, total: -595, balanceUsed: -595, due: 0 });
    expect(third).toMatchObject({ tax: 0, total: 0, balanceUsed: 0, due: 0 });
  });
});

describe('usage (rules 13 and 14)', () => {
  const calls = { limit: 10_000, centsPerThousand: 499 };

  it('bills a month on the next monthly invoice, and a recount as a correction', () => {
    const acts = [
      reading('2024-04-20', '2024-04-01', 12_345),
      reading('2024-05-20', '2024-04-01', 11_000),
      reading('2024-06-20', '2024-04-01', 9000),
    ];
    const scenario = life('2024-04-11', '2024-07-12', metered(1000, 1, calls), acts);
    // 2345 × 499 / 1000 = 1170.155; 1000 above are 499; none are 0.
    expect(told(scenario).slice(1)).toEqual([
      '2024-05-11 renewal: overage 2345 meter calls 1170, period 1 plan p1000 1000 = 2170',
      '2024-06-11 renewal: correction -1345 meter calls -671, period 1 plan p1000 1000 = 329',
      '2024-07-11 renewal: correction -1000 meter calls -499, period 1 plan p1000 1000 = 501',
    ]);
  });

  it('closes a month before the boundary of the same second, and bills it at once on a longer cycle', () => {
    const acts = [
      reading('2024-04-20', '2024-04-01', 12_000),
      reading('2024-05-20', '2024-04-01', 13_000),
    ];
    expect(told(life('2024-04-01', '2024-05-02', metered(1000, 1, calls), acts))[1]).toBe(
      '2024-05-01 renewal: overage 2000 meter calls 998, period 1 plan p1000 1000 = 1998',
    );
    const longer = { ...life('2024-04-01', '2024-06-02', metered(9000, 12, calls), acts) };
    longer.overage = { calls: { on: true, budget: 1400 } };
    expect(told(longer).slice(1)).toEqual([
      '2024-05-01 usage: overage 2000 meter calls 998 = 998',
      // 1497 anew, cut at the budget of 1400.
      '2024-05-20 usage: correction 1000 meter calls 402 = 402',
    ]);
  });

  it('asks for the limit of the last moment of the month', () => {
    const acts = [
      reading('2024-04-20', '2024-04-01', 12_000),
      change('2024-04-30T23:59:59', metered(1001, 1, { limit: 11_000, centsPerThousand: 100 })),
      change('2024-05-01', metered(1002, 1, calls)),
    ];
    const bills = told(life('2024-04-11', '2024-05-02', metered(1000, 1, calls), acts));
    expect(bills.at(-1)).toContain('change: overage 1000 meter calls 100, credit');
  });

  it('charges nothing of a trial or a pause, and the month that an end cuts until then', () => {
    const month = (n: number, total: number) =>
      reading(`2024-0${n}-10T12:00:00`, `2024-0${n}-01`, total);
    const acts: Act[] = [
      month(3, 20_000),
      month(4, 20_000),
      { at: at('2024-04-20'), do: 'pause' },
      { at: at('2024-05-05'), do: 'resume' },
      month(5, 11_000),
      { at: at('2024-05-20'), do: 'cancel', when: 'now' },
      reading('2024-06-20', '2024-05-01', 12_000),
      reading('2024-06-21', '2024-04-01', 99_000),
    ];
    const scenario = life('2024-03-01', '2024-09-01', metered(1000, 1, calls), acts);
    expect(told({ ...scenario, trialEnd: at('2024-04-10') }).slice(3)).toEqual([
      '2024-05-20 end: overage 1000 meter calls 499 = 499',
      '2024-06-20 usage: correction 1000 meter calls 499 = 499',
    ]);
  });
});

describe('refunds (rule 15)', () => {
  it('gives back at most what was paid less what was given back', () => {
    const ask = (time: string, part: number): Act => ({
      at: at(time),
      do: 'refund',
      invoice: 0,
      share: part,
    });
    const acts = [ask('2024-04-02', 3333), ask('2024-04-03', 10_000), ask('2024-04-04', 1)];
    const scenario = life('2024-04-01', '2024-04-09', contract(1000), acts);
    expect(refundsOf(scenario, invoicesOf(scenario)).map((one) => one.given)).toEqual([
      333, 667, 0,
    ]);
  });
});
