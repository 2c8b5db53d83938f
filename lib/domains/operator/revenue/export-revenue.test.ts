import { beforeAll, describe, expect, it } from 'vitest';
import { customersQuery, movementsQuery } from '@/lib/domains/revenue/schemas';
import type { Series } from '@/lib/kernel/series';
import { platformAudit, useOperators } from '@/lib/testing/operator-world';
import { useRevenueWorld } from '@/lib/testing/revenue-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { exportMovements, exportRevenueCustomers, listMovements } from '../index';
import { AT_ONCE } from '../whole-list';

const database = useTestDatabase();
const world = useRevenueWorld(database);
const operators = useOperators(world);

const CUSTOMERS = 2 * AT_ONCE + 7;
/** Euros are what most pay in; one pays dollars. */
const query = { month: '2031-03' };

beforeAll(async () => {
  await world.admin.query(
    `WITH made AS (
       INSERT INTO tenant (id, slug, skeleton, name, type, status, trial_ends_at, created_at, updated_at)
       SELECT gen_random_uuid(), 't-' || n, 't-' || n, 'Customer ' || n, 'small_business', 'active', now(), now(), now()
       FROM generate_series(1, $1) n RETURNING id)
     INSERT INTO mrr_change (tenant_id, currency, month, subscription_id, kind, mrr_before, mrr_after, began, changed_at)
     SELECT id, 'eur', '2031-03-01', gen_random_uuid(), 'new', 0, 1000, '2031-03-01', '2031-03-05' FROM made`,
    [CUSTOMERS],
  );
  const other = await world.customer('Another currency');
  await world.event(other, { at: '2031-03-05T00:00:00Z', worth: 7, currency: 'usd' });
});

/** Whose rows a series has, part by part; `meanwhile` happens after the first. */
async function tenantsOf({ columns, parts }: Series, meanwhile?: () => Promise<unknown>) {
  const place = columns.findIndex(({ name }) => name === 'tenant_id');
  const found: unknown[][] = [];
  for await (const part of parts) {
    found.push(Array.from(part[place] ?? []));
    if (found.length === 1) await meanwhile?.();
  }
  return found;
}

const sizes = (parts: unknown[][]) => parts.map(({ length }) => length);

describe('a list of revenue that is taken away', () => {
  it.each([
    ['movements', () => exportMovements(operators.finance, movementsQuery.parse(query))],
    ['customers', () => exportRevenueCustomers(operators.finance, customersQuery.parse(query))],
  ])('has all %s once, so many at a time, in one currency', async (_, take) => {
    const parts = await tenantsOf(await take());
    expect(sizes(parts)).toEqual([AT_ONCE, AT_ONCE, 7]);
    expect(new Set(parts.flat()).size).toBe(CUSTOMERS);
  });

  it('is one act, however many parts it has', async () => {
    const acts = async () =>
      (await platformAudit(world.admin)).filter((act) => act === 'revenue_movements.exported');
    const before = (await acts()).length;
    await tenantsOf(await exportMovements(operators.finance, movementsQuery.parse(query)));
    expect(await acts()).toHaveLength(before + 1);
  });

  it('isn’t taken by support, whom nothing is read for', async () => {
    await expect(
      exportMovements(operators.support, movementsQuery.parse(query)),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is read when it is wanted: what was not taken yet isn’t held', async () => {
    const taken = await exportMovements(operators.finance, movementsQuery.parse(query));
    const rest = () => world.admin.query(`DELETE FROM mrr_change WHERE currency = 'eur'`);
    expect(sizes(await tenantsOf(taken, rest))).toEqual([AT_ONCE, 0]);
    const left = await listMovements(operators.finance, movementsQuery.parse(query));
    expect(left).toMatchObject({ count: 1, total: { currency: 'usd' } });
  });
});
