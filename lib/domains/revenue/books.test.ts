import { expect, it } from 'vitest';
import { withSystem } from '@/lib/infra/db';
import { useRevenueWorld } from '@/lib/testing/revenue-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  readCohorts,
  readCustomers,
  readForecast,
  readMovements,
  readRevenue,
  readRevenueInvoices,
} from './index';
import { type Books, revenueInvoicesQuery, revenueQuery } from './schemas';

const database = useTestDatabase();
const world = useRevenueWorld(database);

const NOW = new Date('2032-01-15T00:00:00Z');

/** Sells one plan for `worth`, paid in March 2031. */
async function sell(worth: number, currency: string) {
  const customer = await world.customer();
  const at = '2031-03-01T00:00:00Z';
  await world.event(customer, { at, worth, currency });
  const lines = [{ amount: worth, discount: 0, from: at, to: '2031-04-01T00:00:00Z' }];
  await world.invoice(customer, { issued: at, currency, lines, paid: at });
  return customer;
}

/** All that is told of these books, by what each figure and each list sums up to. */
async function told(tenants: Books['tenants']) {
  const month = '2031-03';
  return withSystem('test', async (tx) => {
    const query = revenueQuery.parse({ tenants, months: 1, until: month });
    const { currencies, months } = await readRevenue(tx, query, NOW);
    const of = { tenants, month, limit: 10, cursor: undefined };
    const lists = [
      await readMovements(tx, of),
      await readCustomers(tx, of),
      await readRevenueInvoices(tx, revenueInvoicesQuery.parse({ ...of, measure: 'invoiced' })),
      await readRevenueInvoices(tx, revenueInvoicesQuery.parse({ ...of, measure: 'recognised' })),
      await readRevenueInvoices(tx, revenueInvoicesQuery.parse({ ...of, measure: 'cash' })),
    ];
    const { cohorts } = await readCohorts(tx, query, NOW);
    const { history } = await readForecast(tx, { tenants }, NOW);
    return {
      currencies,
      figures: [months[0]?.mrr, months[0]?.invoiced, months[0]?.recognised, months[0]?.cash].map(
        (figure) => figure?.amount,
      ),
      lists: lists.map(({ total, count }) => [total.amount, count]),
      others: [cohorts[0]?.mrr.amount, history[0]?.mrr.amount],
    };
  });
}

it('the money of sandbox tenants is in books of its own, and never among what is earned', async () => {
  await sell(4_900, 'usd');
  const { tenantId } = await sell(19_900, 'usd');
  await sell(700, 'eur');
  await world.admin.query(
    `INSERT INTO tenant_clock (tenant_id, gateway, clock_id, at, created_at, moved_at)
     VALUES ($1, 'stripe', 'clock_1', '2031-04-01', now(), now())`,
    [tenantId],
  );
  const sum = (worth: number) => ({
    figures: [worth, worth, worth, worth],
    lists: [1, 2, 3, 4, 5].map(() => [worth, 1]),
    others: [worth, worth],
  });
  const live = await told('live');
  expect(live.currencies.toSorted()).toEqual(['eur', 'usd']);
  const { figures, lists, others } = await told('sandbox');
  expect({ figures, lists, others }).toEqual(sum(19_900));
  expect((await told('sandbox')).currencies).toEqual(['usd']);
  // Of the live books the currency that sorts first is shown, as as many pay in each.
  expect({ figures: live.figures, lists: live.lists, others: live.others }).toEqual(sum(700));
});
