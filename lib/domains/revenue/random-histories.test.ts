import { describe, expect, it } from 'vitest';
import { type Tx, withSystem } from '@/lib/infra/db';
import { type Customer, useRevenueWorld } from '@/lib/testing/revenue-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  readCohorts,
  readCustomers,
  readMovements,
  readRevenue,
  readRevenueInvoices,
} from './index';
import { invoiceMeasures, movementKinds, type RevenueMonthDto, revenueQuery } from './schemas';

const database = useTestDatabase();
const world = useRevenueWorld(database);

const NOW = new Date('2032-01-15T00:00:00Z');

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
