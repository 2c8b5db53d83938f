import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMonths } from '../engine';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { grantTrial } from '@/lib/domains/entitlements';
import { invoiceLine, invoiceTenant, issueAsTest } from '@/lib/testing/invoice-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { getPlanSimulation } from '..';

const database = useTestDatabase();
let admin: pg.Client;
/** In mid-month, so that the running month is left out. */
const now = new Date('2031-06-15T12:00:00Z');
const month = (offset: number) => new Date(addMonths(Date.UTC(2031, 5, 1) / 1000, offset) * 1000);

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await closeDatabase();
});

async function tenant(born: Date) {
  const made = await invoiceTenant(admin);
  const ctx: Ctx = { ...made.ctx, clock: { now: () => now } };
  await admin.query('UPDATE tenant SET created_at = $2 WHERE id = $1', [ctx.tenantId, born]);
  await withTenant(ctx, (tx) => grantTrial(tx, ctx));
  return { ...made, ctx };
}

const use = (ctx: Ctx, meter: string, offset: number, used: number) =>
  admin.query(
    `INSERT INTO usage_period (tenant_id, meter, period_start, used, updated_at) VALUES ($1, $2, $3, $4, now())`,
    [ctx.tenantId, meter, month(offset), used],
  );

describe('the plan simulation', () => {
  it('tells what was charged, what each plan would have, and which limits were hit', async () => {
    const { ctx } = await tenant(month(-30));
    for (const offset of [-3, -2, -1]) {
      await withTenant(ctx, (tx) =>
        issueAsTest(tx, ctx, {
          lines: [
            { ...invoiceLine, periodStart: month(offset), periodEnd: month(offset + 1) },
            // Is no part of a plan's price, so it isn't compared with one.
            {
              ...invoiceLine,
              kind: 'overage',
              itemKey: 'api_calls',
              amount: 1_500,
              periodStart: month(offset),
              periodEnd: month(offset + 1),
            },
          ],
        }),
      );
    }
    await use(ctx, 'api_calls', -2, 110_000);
    await use(ctx, 'backtests', -1, 40);
    await use(ctx, 'backtests', 0, 5_000);
    const { options, ...rest } = await getPlanSimulation(ctx, { months: 3 });
    expect(rest).toEqual({
      months: 3,
      from: '2031-03-01T00:00:00.000Z',
      to: '2031-06-01T00:00:00.000Z',
      complete: true,
      paid: { amount: 59_700, currency: 'usd' },
    });
    expect(options.map((one) => `${one.plan_id} ${one.billing_cycle}`)).toHaveLength(9);
    const find = (id: string, cycle: string) =>
      options.find((one) => one.plan_id === id && one.billing_cycle === cycle);
    expect(find('starter', 'monthly')).toMatchObject({
      price: { amount: 14_700 },
      overage: { amount: 20_000 },
      difference: { amount: 14_700 - 59_700 },
      limits_hit: [
        {
          limit: 'api_calls_per_month',
          included: 10_000,
          months: [{ month: '2031-04-01', used: 110_000 }],
        },
        {
          limit: 'backtests_per_month',
          included: 10,
          months: [{ month: '2031-05-01', used: 40 }],
        },
      ],
      features_gained: [],
    });
    expect(find('professional', 'quarterly')).toMatchObject({
      price: { amount: 56_715 },
      overage: { amount: 1_500 },
      features_gained: expect.arrayContaining(['api_write']),
      features_lost: [],
    });
    expect(find('enterprise', 'monthly')).toMatchObject({ limits_hit: [] });
  });

  it('says where history is shorter than asked for', async () => {
    const { ctx } = await tenant(new Date('2031-04-16T00:00:00Z'));
    expect(await getPlanSimulation(ctx, { months: 12 })).toMatchObject({
      from: '2031-04-16T00:00:00.000Z',
      to: '2031-06-01T00:00:00.000Z',
      complete: false,
      paid: { amount: 0 },
    });
    const young = await tenant(new Date('2031-06-10T00:00:00Z'));
    expect(await getPlanSimulation(young.ctx, { months: 3 })).toMatchObject({
      from: '2031-06-10T00:00:00.000Z',
      to: '2031-06-15T12:00:00.000Z',
      complete: false,
    });
  });

  it('is for those who may read billing, about their own tenant', async () => {
    const other = await tenant(month(-30));
    await use(other.ctx, 'api_calls', -2, 999_999);
    const { as, ctx } = await tenant(month(-30));
    const { options } = await getPlanSimulation(ctx, { months: 12 });
    expect(options.length).toBeGreaterThan(0);
    expect(options.flatMap(({ limits_hit }) => limits_hit)).toEqual([]);
    await expect(getPlanSimulation(as('trader'), { months: 12 })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
