import { describe, expect, it } from 'vitest';
import { withSystem } from '@/lib/infra/db';
import { type Customer, RevenueWorld, useRevenueWorld } from '@/lib/testing/revenue-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { readCohorts, readMovements, readRevenue, readRevenueInvoices } from './index';
import { movementsQuery, revenueInvoicesQuery, revenueQuery } from './schemas';

const database = useTestDatabase();
const world = useRevenueWorld(database);

const NOW = new Date('2032-01-15T00:00:00Z');
/** Each case has a currency of its own, and so figures of its own. */
const revenue = (currency: string, months = 12) =>
  withSystem('test', (tx) => readRevenue(tx, revenueQuery.parse({ currency, months }), NOW));
const month = async (currency: string, name: string) => {
  const found = (await revenue(currency)).months.find((one) => one.month === name);
  if (!found) throw new Error(name);
  return found;
};
const kindOf = async (currency: string, name: string) => {
  const query = movementsQuery.parse({ currency, month: name });
  const { data } = await withSystem('test', (tx) => readMovements(tx, query));
  return data.map(({ kind, amount }) => [kind, amount.amount]);
};
const tell = async (customer: Customer, currency: string, values: [string, number][]) => {
  for (const [at, worth] of values) await world.event(customer, { at, worth, currency });
};

describe('movements', () => {
  it('compare a month’s end with its start, whatever happened between', async () => {
    const one = await world.customer();
    await tell(one, 'aaa', [
      ['2031-02-10T00:00:00Z', 4_900],
      ['2031-03-01T00:00:00Z', 19_900],
      // Up and down again within a month: nothing moved.
      ['2031-04-02T00:00:00Z', 49_900],
      ['2031-04-20T00:00:00Z', 19_900],
      ['2031-05-01T00:00:00Z', 9_900],
      // Paused.
      ['2031-06-11T00:00:00Z', 0],
      ['2031-09-30T23:59:59Z', 9_900],
    ]);
    expect(await kindOf('aaa', '2031-02')).toEqual([['new', 4_900]]);
    expect(await kindOf('aaa', '2031-03')).toEqual([['expansion', 15_000]]);
    expect(await kindOf('aaa', '2031-04')).toEqual([]);
    expect(await kindOf('aaa', '2031-05')).toEqual([['contraction', -10_000]]);
    expect(await kindOf('aaa', '2031-06')).toEqual([['churn', -9_900]]);
    expect(await kindOf('aaa', '2031-09')).toEqual([['reactivation', 9_900]]);
  });

  it('are of customers: a new subscription after an old one is a return', async () => {
    const one = await world.customer();
    await tell(one, 'aab', [
      ['2031-02-10T00:00:00Z', 4_900],
      ['2031-03-10T00:00:00Z', 0],
    ]);
    const subscriptionId = await world.subscription(one.tenantId);
    await world.event(one, {
      at: '2031-05-01T00:00:00Z',
      worth: 19_900,
      currency: 'aab',
      subscriptionId,
    });
    expect(await kindOf('aab', '2031-05')).toEqual([['reactivation', 19_900]]);
    const cohorts = await withSystem('test', (tx) =>
      readCohorts(tx, revenueQuery.parse({ currency: 'aab', months: 12 }), NOW),
    );
    expect(cohorts.cohorts).toHaveLength(1);
    expect(cohorts.cohorts[0]?.kept.slice(0, 4).map(({ customers }) => customers)).toEqual([
      1, 0, 0, 1,
    ]);
  });

  it('within one month from one subscription to another are a change, not a loss', async () => {
    const one = await world.customer();
    await tell(one, 'aac', [
      ['2031-02-10T00:00:00Z', 4_900],
      ['2031-03-10T00:00:00Z', 0],
    ]);
    const subscriptionId = await world.subscription(one.tenantId);
    await world.event(one, {
      at: '2031-03-10T00:00:05Z',
      worth: 19_900,
      currency: 'aac',
      subscriptionId,
    });
    expect(await kindOf('aac', '2031-03')).toEqual([['expansion', 15_000]]);
  });

  it('come out alike when events are written late', async () => {
    const one = await world.customer();
    await tell(one, 'aad', [
      ['2031-05-01T00:00:00Z', 9_900],
      ['2031-03-01T00:00:00Z', 4_900],
    ]);
    expect(await kindOf('aad', '2031-03')).toEqual([['new', 4_900]]);
    expect(await kindOf('aad', '2031-05')).toEqual([['expansion', 5_000]]);
  });

  it('leave one currency for another', async () => {
    const one = await world.customer();
    await tell(one, 'aae', [['2031-03-01T00:00:00Z', 4_900]]);
    await tell(one, 'aaf', [['2031-05-01T00:00:00Z', 4_500]]);
    expect(await kindOf('aae', '2031-05')).toEqual([['churn', -4_900]]);
    expect(await kindOf('aaf', '2031-05')).toEqual([['new', 4_500]]);
  });

  it('know nothing of trials until they are paid', async () => {
    const one = await world.customer();
    const other = await world.customer();
    const at = '2031-03-01T00:00:00Z';
    for (const who of [one, other])
      await world.event(who, { at, worth: 0, currency: 'aag', status: 'trialing' });
    expect((await month('aag', '2031-03')).customers).toBe(0);
    const end = { at: '2031-03-15T00:00:00Z', currency: 'aag', statusBefore: 'trialing' };
    await world.event(one, { ...end, worth: 4_900, status: 'active' });
    await world.event(other, { ...end, worth: 4_900, status: 'past_due' });
    const of = async () => (await month('aag', '2031-03')).trials;
    expect(await of()).toEqual({ ended: 2, converted: 1, conversion_pct: 50 });
    await world.event(other, {
      at: '2031-04-02T00:00:00Z',
      worth: 4_900,
      currency: 'aag',
      statusBefore: 'past_due',
    });
    expect(await of()).toEqual({ ended: 2, converted: 2, conversion_pct: 100 });
  });

  it('of parallel writers of one tenant are all counted', async () => {
    const one = await world.customer();
    const others = Array.from({ length: 8 }, () => new RevenueWorld(database.adminUrl));
    const subscriptions: string[] = [];
    for (const _ of others) subscriptions.push(await world.subscription(one.tenantId));
    await Promise.all(
      others.map(async (other, at) => {
        await other.admin.connect();
        const subscriptionId = subscriptions[at] ?? '';
        await other.event(one, {
          at: '2031-03-01T00:00:00Z',
          worth: 100,
          currency: 'aah',
          subscriptionId,
        });
        await other.admin.end();
      }),
    );
    expect(await kindOf('aah', '2031-03')).toEqual([['new', 800]]);
  });
});

describe('a year', () => {
  it('compares the customers of a year ago with what they are now', async () => {
    const grown = await world.customer();
    const shrunk = await world.customer();
    const gone = await world.customer();
    const back = await world.customer();
    const later = await world.customer();
    const start = '2030-06-01T00:00:00Z';
    await tell(grown, 'aba', [
      [start, 10_000],
      ['2031-06-01T00:00:00Z', 15_000],
    ]);
    await tell(shrunk, 'aba', [
      [start, 10_000],
      ['2031-06-01T00:00:00Z', 6_000],
    ]);
    await tell(gone, 'aba', [
      [start, 10_000],
      ['2031-06-01T00:00:00Z', 0],
    ]);
    await tell(back, 'aba', [
      [start, 10_000],
      ['2031-06-01T00:00:00Z', 0],
      ['2031-07-01T00:00:00Z', 10_000],
    ]);
    await tell(later, 'aba', [['2031-08-01T00:00:00Z', 90_000]]);
    const { year } = await revenue('aba');
    expect(year).toMatchObject({ base_month: '2031-01', customers: 4, mrr: { amount: 40_000 } });
    expect(year.nrr_pct).toBeCloseTo(77.5, 10);
    expect(year.grr_pct).toBeCloseTo(65, 10);
  });
});

describe('revenue', () => {
  const line = { amount: 12_000, from: '2031-01-16T12:00:00Z', to: '2032-01-16T12:00:00Z' };

  it('is earned by the second, adds up to the cent, and waits as deferred until then', async () => {
    const one = await world.customer();
    await world.invoice(one, {
      issued: '2031-01-16T12:00:00Z',
      currency: 'baa',
      lines: [line],
      tax: 2_280,
      paid: '2031-02-03T00:00:00Z',
    });
    const { months, deferred } = await revenue('baa', 13);
    // 15.5 of 365 days, then whole months of 28 and 31.
    expect(months.slice(0, 3).map(({ recognised }) => recognised.amount)).toEqual([
      Math.round((12_000 * 15.5) / 365),
      Math.round((12_000 * 43.5) / 365) - Math.round((12_000 * 15.5) / 365),
      Math.round((12_000 * 74.5) / 365) - Math.round((12_000 * 43.5) / 365),
    ]);
    expect(months.reduce((sum, { recognised }) => sum + recognised.amount, 0)).toBe(12_000);
    expect(deferred.amount).toBe(0);
    expect(months[0]).toMatchObject({ invoiced: { amount: 12_000 }, cash: { amount: 0 } });
    expect(months[1]).toMatchObject({ invoiced: { amount: 0 }, cash: { amount: 14_280 } });
  });

  it('of a void invoice never was, of an uncollectible one was', async () => {
    const one = await world.customer();
    const sold = { issued: '2031-01-16T12:00:00Z', currency: 'bab', lines: [line] };
    await world.settle(one, await world.invoice(one, sold), 'void');
    await world.settle(one, await world.invoice(one, sold), 'uncollectible');
    const { months } = await revenue('bab', 13);
    expect(months.reduce((sum, { recognised }) => sum + recognised.amount, 0)).toBe(12_000);
    expect(months[0]?.invoiced.amount).toBe(12_000);
    expect(months.every(({ cash }) => cash.amount === 0)).toBe(true);
  });

  it('gives back by credits what they credit, after discounts', async () => {
    const one = await world.customer();
    await world.invoice(one, {
      issued: '2031-02-01T00:00:00Z',
      currency: 'bac',
      lines: [
        {
          amount: 2_800,
          discount: 1_400,
          from: '2031-02-01T00:00:00Z',
          to: '2031-03-01T00:00:00Z',
        },
        { amount: -700, from: '2031-02-15T00:00:00Z', to: '2031-03-01T00:00:00Z' },
        // Without length: earned at once.
        { amount: 33, from: '2031-02-28T23:59:59Z', to: '2031-02-28T23:59:59Z' },
      ],
    });
    expect(await month('bac', '2031-02')).toMatchObject({
      invoiced: { amount: 733 },
      recognised: { amount: 733 },
    });
  });
});

describe('cash', () => {
  const from = '2031-02-01T00:00:00Z';
  const lines = [{ amount: 10_000, from, to: '2031-03-01T00:00:00Z' }];
  const rowsOf = async (currency: string, name: string) => {
    const query = revenueInvoicesQuery.parse({ currency, month: name, measure: 'cash' });
    const { data, total } = await withSystem('test', (tx) => readRevenueInvoices(tx, query));
    expect(total).toEqual((await month(currency, name)).cash);
    return data.map(({ credit_note, amount, paid_at }) => [
      credit_note?.status ?? null,
      amount.amount,
      paid_at?.slice(0, 10),
    ]);
  };

  it('is what was paid less what went back, in the months of both', async () => {
    const one = await world.customer();
    const sold = { issued: from, currency: 'caa', lines, paid: '2031-02-02T00:00:00Z' };
    const invoice = await world.invoice(one, sold);
    await world.refund(one, invoice, 2_500, '2031-02-20T00:00:00Z');
    await world.refund(one, invoice, 4_000, '2031-04-01T00:00:00Z');
    expect(await rowsOf('caa', '2031-02')).toEqual([
      ['issued', -2_500, '2031-02-20'],
      [null, 10_000, '2031-02-02'],
    ]);
    expect(await rowsOf('caa', '2031-04')).toEqual([['issued', -4_000, '2031-04-01']]);
    // What was invoiced and earned stays as it was.
    expect(await month('caa', '2031-02')).toMatchObject({
      invoiced: { amount: 10_000 },
      recognised: { amount: 10_000 },
    });
  });

  it('has again what the bank sent back, in the month in which it did', async () => {
    const one = await world.customer();
    const sold = { issued: from, currency: 'cab', lines, paid: '2031-02-02T00:00:00Z' };
    const invoice = await world.invoice(one, sold);
    const late = await world.refund(one, invoice, 2_500, '2031-03-20T00:00:00Z');
    await world.comesBack(one, late, '2031-05-04T00:00:00Z');
    const soon = await world.refund(one, invoice, 1_500, '2031-03-02T00:00:00Z');
    await world.comesBack(one, soon, '2031-03-05T00:00:00Z');
    expect(await rowsOf('cab', '2031-03')).toEqual([['void', -2_500, '2031-03-20']]);
    expect(await rowsOf('cab', '2031-05')).toEqual([['void', 2_500, '2031-05-04']]);
  });
});
