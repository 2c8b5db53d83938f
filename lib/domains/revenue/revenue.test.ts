import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase, type Tx, withSystem } from '@/lib/infra/db';
import { type Customer, RevenueWorld } from '@/lib/testing/revenue-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  readCohorts,
  readCustomers,
  readMovements,
  readRevenue,
  readRevenueInvoices,
} from './index';
import {
  invoiceMeasures,
  movementKinds,
  movementsQuery,
  revenueInvoicesQuery,
  type RevenueMonthDto,
  revenueQuery,
} from './schemas';

const database = useTestDatabase();
let world: RevenueWorld;

beforeAll(async () => {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  world = new RevenueWorld(admin);
});
afterAll(async () => {
  await world.admin.end();
  await closeDatabase();
});

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
    const others = Array.from(
      { length: 8 },
      () => new pg.Client({ connectionString: database.adminUrl }),
    );
    const subscriptions: string[] = [];
    for (const _ of others) subscriptions.push(await world.subscription(one.tenantId));
    await Promise.all(
      others.map(async (client, at) => {
        await client.connect();
        const subscriptionId = subscriptions[at] ?? '';
        await new RevenueWorld(client).event(one, {
          at: '2031-03-01T00:00:00Z',
          worth: 100,
          currency: 'aah',
          subscriptionId,
        });
        await client.end();
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

/** A generator of the same numbers on every run. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const DAY = 86_400_000;
const BEGIN = Date.parse('2030-02-01T00:00:00Z');

/** A random life: its events in the order in which they happened, and its invoices. */
function lifeOf(roll: (sides: number) => number) {
  const worths = [0, 0, 4_900, 9_900, 19_900, 49_900];
  let at = BEGIN + roll(300 * DAY);
  const events = Array.from({ length: 1 + roll(10) }, () => {
    at += 1 + roll(70 * DAY);
    return {
      at: new Date(at).toISOString(),
      worth: worths[roll(worths.length)] ?? 0,
      which: roll(2),
    };
  });
  const invoices = Array.from({ length: roll(6) }, () => {
    const issued = BEGIN + roll(600 * DAY);
    const lines = Array.from({ length: 1 + roll(4) }, () => {
      const from = issued - roll(60 * DAY);
      const amount = roll(200_000) - 60_000;
      const to = from + roll(2) * roll(400) * DAY + roll(100_000) * 1_000;
      return {
        amount,
        discount: amount > 0 ? roll(amount) : 0,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
      };
    });
    const paidAt = issued + roll(40 * DAY);
    const paid = roll(3) > 0 ? { paid: new Date(paidAt).toISOString() } : {};
    const refunds = Array.from({ length: roll(3) }, () => {
      const at = paidAt + roll(60 * DAY);
      return {
        /** Of a third of what was paid, so that two of them never give back more. */
        share: roll(2) * 0.5 + 0.5,
        at: new Date(at).toISOString(),
        back: roll(3) === 0 ? new Date(at + roll(40 * DAY)).toISOString() : null,
      };
    });
    const told = { issued: new Date(issued).toISOString(), lines, voided: roll(8) === 0, ...paid };
    return { told, refunds };
  });
  return { events, invoices };
}

/** Refunds of what was paid of an invoice; answers what stayed back of them. */
async function giveBack(
  customer: Customer,
  invoice: string,
  paid: number,
  refunds: ReturnType<typeof lifeOf>['invoices'][number]['refunds'],
): Promise<number> {
  let gone = 0;
  for (const { share, at, back } of refunds) {
    const amount = Math.floor((paid / 3) * share);
    const note = await world.refund(customer, invoice, amount, at);
    if (back) await world.comesBack(customer, note, back);
    else gone += amount;
  }
  return gone;
}

type Page = { total: Money; count: number; data: { amount: Money }[]; next_cursor: string | null };
type Money = { amount: number; currency: string };

/** Every row of a list, page by page: they add up to what the list says of itself, and each is there once. */
async function sumOf(read: (cursor: string | undefined) => Promise<Page>) {
  const rows: Page['data'] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await read(cursor);
    rows.push(...page.data);
    if (page.next_cursor === null) {
      const amount = rows.reduce((sum, row) => sum + row.amount.amount, 0);
      expect([page.total.amount, page.count]).toEqual([amount, rows.length]);
      expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
      return { amount, rows: rows.length };
    }
    cursor = page.next_cursor;
  }
}

/** Each figure of a month is the sum of the rows behind it. */
async function rowsAddUp(tx: Tx, one: RevenueMonthDto): Promise<void> {
  const { currency } = one.mrr;
  const page = { tenants: 'live' as const, currency, month: one.month, limit: 3 };
  for (const kind of movementKinds) {
    const found = await sumOf((cursor) => readMovements(tx, { ...page, kind, cursor }));
    const { amount, customers } = one.movements[kind];
    expect([kind, found]).toEqual([kind, { amount: amount.amount, rows: customers }]);
  }
  const moved = await sumOf((cursor) => readMovements(tx, { ...page, cursor }));
  expect(moved.amount).toBe(one.mrr.amount - one.mrr_start.amount);
  const payers = await sumOf((cursor) => readCustomers(tx, { ...page, cursor }));
  expect(payers).toEqual({ amount: one.mrr.amount, rows: one.customers });
  expect(one.arr.amount).toBe(12 * payers.amount);
  for (const measure of invoiceMeasures) {
    const found = await sumOf((cursor) => readRevenueInvoices(tx, { ...page, measure, cursor }));
    expect([measure, found.amount]).toEqual([measure, one[measure].amount]);
  }
}

/** What all cohorts are worth in a month is the month's MRR. */
async function cohortsAddUp(tx: Tx, months: readonly RevenueMonthDto[]): Promise<void> {
  const [first, last] = [months[0], months.at(-1)];
  const query = { currency: first?.mrr.currency, months: months.length, until: last?.month };
  const { cohorts } = await readCohorts(tx, revenueQuery.parse(query), NOW);
  for (const [at, one] of months.entries()) {
    const kept = cohorts.map((cohort) => {
      const began = months.findIndex(({ month: name }) => name === cohort.month);
      return cohort.kept[at - began] ?? { customers: 0, mrr: { amount: 0 } };
    });
    expect(kept.reduce((sum, { mrr }) => sum + mrr.amount, 0)).toBe(one.mrr.amount);
    expect(kept.reduce((sum, { customers }) => sum + customers, 0)).toBe(one.customers);
  }
}

describe('random histories', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'add up, whatever the order in which they are written (%i)',
    async (seed) => {
      const roll = dice(seed * 7_919);
      const currency = `z${String.fromCharCode(96 + seed)}z`;
      let invoicedNet = 0;
      let cashNet = 0;
      const worthAt: ((end: number) => number)[] = [];
      for (let n = 0; n < 8; n++) {
        const customer = await world.customer();
        const second = await world.subscription(customer.tenantId);
        const { events, invoices } = lifeOf(roll);
        const written = [...events].sort(() => roll(2) - 0.5);
        for (const { at, worth, which } of written)
          await world.event(customer, {
            at,
            worth,
            currency,
            ...(which ? { subscriptionId: second } : {}),
          });
        worthAt.push((end) =>
          [0, 1]
            .map(
              (one) =>
                events.filter(({ which, at }) => which === one && Date.parse(at) < end).at(-1)
                  ?.worth ?? 0,
            )
            .reduce((sum, worth) => sum + worth, 0),
        );
        for (const {
          told: { voided, ...sold },
          refunds,
        } of invoices) {
          const id = await world.invoice(customer, { ...sold, currency });
          const net = sold.lines.reduce((sum, line) => sum + line.amount - line.discount, 0);
          if ('paid' in sold && net > 3) {
            cashNet += net;
            cashNet -= await giveBack(customer, id, net, refunds);
          }
          if (voided && !('paid' in sold)) await world.settle(customer, id, 'void');
          else invoicedNet += net;
        }
      }
      const query = revenueQuery.parse({ currency, months: 60, until: '2033-06' });
      const { months, deferred } = await withSystem('test', (tx) => readRevenue(tx, query, NOW));
      let before = 0;
      for (const one of months) {
        const end = Date.parse(`${one.month}-01T00:00:00Z`);
        const next = new Date(end);
        next.setUTCMonth(next.getUTCMonth() + 1);
        const values = worthAt.map((of) => of(next.getTime()));
        expect([one.month, one.mrr.amount]).toEqual([
          one.month,
          values.reduce((sum, worth) => sum + worth, 0),
        ]);
        expect(one.customers).toBe(values.filter((worth) => worth > 0).length);
        const moved = movementKinds.reduce(
          (sum, kind) => sum + one.movements[kind].amount.amount,
          0,
        );
        expect(moved).toBe(one.mrr.amount - before);
        before = one.mrr.amount;
      }
      const total = (of: 'invoiced' | 'recognised' | 'cash') =>
        months.reduce((sum, one) => sum + one[of].amount, 0);
      expect(total('invoiced')).toBe(invoicedNet);
      expect(total('recognised')).toBe(invoicedNet);
      expect(total('cash')).toBe(cashNet);
      expect(deferred.amount).toBe(0);
      await withSystem('test', async (tx) => {
        for (const one of months.filter((_, at) => at % 4 === seed % 4)) await rowsAddUp(tx, one);
        await cohortsAddUp(tx, months);
      });
    },
  );
});
