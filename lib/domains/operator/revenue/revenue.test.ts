import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  cohortsDto,
  customerPage,
  customersQuery,
  forecastDto,
  forecastQuery,
  movementPage,
  movementsQuery,
  revenueDto,
  revenueInvoicePage,
  revenueInvoicesQuery,
  revenueQuery,
} from '@/lib/domains/revenue/schemas';
import { fixedClock } from '@/lib/kernel/clock';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { platformAudit, useOperators } from '@/lib/testing/operator-world';
import { useRevenueWorld } from '@/lib/testing/revenue-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  getCohorts,
  getRevenue,
  getRevenueForecast,
  listMovements,
  listRevenueCustomers,
  listRevenueInvoices,
} from '../index';

const database = useTestDatabase();
const world = useRevenueWorld(database);
const operators = useOperators(world, fixedClock(new Date('2031-09-10T12:00:00Z')));
const ids: string[] = [];

beforeAll(async () => {
  for (let n = 0; n < 3; n++) {
    const customer = await world.customer(`Customer ${n}`);
    ids.push(publicId('tenant', customer.tenantId));
    const at = `2031-0${n + 1}-01T00:00:00Z`;
    await world.event(customer, { at, worth: 10_000, currency: 'usd' });
    await world.invoice(customer, {
      issued: at,
      currency: 'usd',
      lines: [{ amount: 10_000, from: at, to: `2031-0${n + 2}-01T00:00:00Z` }],
      paid: at,
    });
  }
});

const looks: [string, (ctx: OperatorCtx) => Promise<unknown>][] = [
  ['revenue.viewed', (ctx) => getRevenue(ctx, revenueQuery.parse({}))],
  ['revenue_cohorts.viewed', (ctx) => getCohorts(ctx, revenueQuery.parse({}))],
  ['revenue_forecast.viewed', (ctx) => getRevenueForecast(ctx, forecastQuery.parse({}))],
  [
    'revenue_movements.listed',
    (ctx) => listMovements(ctx, movementsQuery.parse({ month: '2031-01' })),
  ],
  [
    'revenue_customers.listed',
    (ctx) => listRevenueCustomers(ctx, customersQuery.parse({ month: '2031-01' })),
  ],
  [
    'revenue_invoices.listed',
    (ctx) =>
      listRevenueInvoices(ctx, revenueInvoicesQuery.parse({ month: '2031-01', measure: 'cash' })),
  ],
];

describe('revenue', () => {
  it.each(looks)(
    '%s: by finance and admins, never by support, and written down',
    async (action, look) => {
      await expect(look(operators.support)).rejects.toMatchObject({ code: 'forbidden' });
      const count = async () =>
        (await platformAudit(world.admin)).filter((one) => one === action).length;
      const before = await count();
      await look(operators.finance);
      await look(operators.admin);
      expect(await count()).toBe(before + 2);
    },
  );

  it('is of the currency that most pay in, until now, in the shape that is promised', async () => {
    const answer = revenueDto.parse(await getRevenue(operators.finance, revenueQuery.parse({})));
    expect(answer).toMatchObject({ currency: 'usd', currencies: ['usd'] });
    expect(answer.months).toHaveLength(24);
    expect(answer.months.at(-1)).toMatchObject({
      month: '2031-09',
      complete: false,
      mrr: { amount: 30_000, currency: 'usd' },
      customers: 3,
      arr: { amount: 360_000 },
    });
    const cohorts = cohortsDto.parse(await getCohorts(operators.finance, revenueQuery.parse({})));
    expect(cohorts.cohorts.map(({ month, customers }) => [month, customers])).toEqual([
      ['2031-01', 1],
      ['2031-02', 1],
      ['2031-03', 1],
    ]);
    const forecast = forecastDto.parse(
      await getRevenueForecast(operators.finance, forecastQuery.parse({})),
    );
    expect(forecast.complete_months).toBe(8);
    expect(forecast.forecast?.months[0]).toMatchObject({ month: '2031-09' });
  });

  it('says so where the history is too short, and where there is none', async () => {
    const none = forecastDto.parse(
      await getRevenueForecast(operators.finance, forecastQuery.parse({ currency: 'eur' })),
    );
    expect(none).toMatchObject({ history: [], forecast: null, complete_months: 0 });
    const empty = revenueDto.parse(
      await getRevenue(operators.finance, revenueQuery.parse({ currency: 'eur', months: 2 })),
    );
    expect(empty.months.map(({ mrr, nrr_pct, ltv }) => [mrr.amount, nrr_pct, ltv])).toEqual([
      [0, null, null],
      [0, null, null],
    ]);
  });

  it('leads from a figure to its rows, page by page, newest first', async () => {
    const query = { month: '2031-09', limit: 2 };
    const first = customerPage.parse(
      await listRevenueCustomers(operators.finance, customersQuery.parse(query)),
    );
    expect(first).toMatchObject({ total: { amount: 30_000 }, count: 3 });
    const rest = customerPage.parse(
      await listRevenueCustomers(
        operators.finance,
        customersQuery.parse({ ...query, cursor: first.next_cursor }),
      ),
    );
    expect(rest).toMatchObject({ total: { amount: 30_000 }, count: 3, next_cursor: null });
    const seen = [...first.data, ...rest.data].map(({ tenant }) => tenant.id);
    expect(seen).toEqual([...ids].reverse());
    const moved = movementPage.parse(
      await listMovements(
        operators.finance,
        movementsQuery.parse({ month: '2031-02', kind: 'new' }),
      ),
    );
    expect(moved.data).toMatchObject([
      { tenant: { id: ids[1], name: 'Customer 1' }, kind: 'new', amount: { amount: 10_000 } },
    ]);
    const invoices = revenueInvoicePage.parse(
      await listRevenueInvoices(
        operators.finance,
        revenueInvoicesQuery.parse({ month: '2031-02', measure: 'recognised' }),
      ),
    );
    expect(invoices.data).toMatchObject([{ tenant: { id: ids[1] }, invoice: { status: 'paid' } }]);
  });

  it.each([
    { month: '2031-13' },
    { month: '2031-1' },
    { kind: 'growth', month: '2031-01' },
    { month: '2031-01', currency: 'USD' },
    {},
  ])('can’t be asked for %j', (query) => {
    expect(movementsQuery.safeParse(query).success).toBe(false);
  });

  it('refuses a cursor that is none', async () => {
    const query = movementsQuery.parse({ month: '2031-01', cursor: 'nonsense' });
    await expect(listMovements(operators.finance, query)).rejects.toMatchObject({
      errors: [{ code: 'invalid_cursor' }],
    });
  });

  it('is counted by the database alone', async () => {
    const system = new pg.Client({ connectionString: database.systemUrl });
    const app = new pg.Client({ connectionString: database.appUrl });
    await system.connect();
    await app.connect();
    for (const table of ['mrr_change', 'revenue_month']) {
      await expect(system.query(`UPDATE ${table} SET month = month`)).rejects.toThrow(/permission/);
      await expect(system.query(`DELETE FROM ${table}`)).rejects.toThrow(/permission/);
      await expect(app.query(`SELECT FROM ${table}`)).rejects.toThrow(/permission/);
    }
    await system.end();
    await app.end();
  });
});
