import { describe, expect, it } from 'vitest';
import {
  amountOff,
  at,
  change,
  contract,
  life,
  metered,
  percentOff,
  reading,
  told,
} from './by-hand';
import { invoicesOf } from './invoices';
import { refundsOf } from './refunds';
import type { Act } from './scenario';

// Every figure below was computed by hand from docs/billing/rules.md or is an example of docs.stripe.com.

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
      '2024-06-11 renewal: correction 1000 meter calls -671, period 1 plan p1000 1000 = 329',
      '2024-07-11 renewal: correction 0 meter calls -499, period 1 plan p1000 1000 = 501',
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
      '2024-05-20 usage: correction 3000 meter calls 402 = 402',
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
      '2024-06-20 usage: correction 2000 meter calls 499 = 499',
    ]);
  });
});

describe('usage while paused (rules 10 and 13)', () => {
  it('lets a correction wait with the credits, on a longer cycle too', () => {
    const terms = metered(9000, 12, { limit: 10_000, centsPerThousand: 499 });
    const acts: Act[] = [
      { at: at('2024-05-01'), do: 'pause' },
      reading('2024-05-03', '2024-04-01', 11_000),
      { at: at('2024-06-01'), do: 'resume' },
    ];
    // 335 of 365 days are left: 8260.27.
    expect(told(life('2024-04-01', '2024-06-02', terms, acts)).slice(1)).toEqual([
      '2024-06-01 resume: credit 1 plan p9000 -8260, correction 1000 meter calls 499, period 1 plan p9000 9000 = 1239',
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
