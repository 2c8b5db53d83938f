import { beforeEach, describe, expect, it, vi } from 'vitest';
import { admitCall, drainAdmissions } from '@/lib/domains/gateway';
import type { Ctx } from '@/lib/kernel/ctx';
import {
  auditActions,
  createTenant,
  type NewTenant,
  subscribe,
  useBillingWorld,
} from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { getOverage, pauseSubscription, setOverage } from '..';
import { beginOverage } from './begin-overage';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
let tenant: NewTenant;
let ctx: Ctx;
let subscription: string;

beforeEach(async () => {
  tenant = await createTenant(world, { ageDays: 40 });
  ctx = tenant.ctx;
  subscription = (await subscribe(ctx)).id;
});

const LIMIT = 100_000;
const budget = (amount: number) =>
  ({ mode: 'budget', budget: { amount, currency: 'usd' } }) as const;
const month = () => {
  const now = ctx.clock.now();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
};
const nextMonth = () => {
  const now = ctx.clock.now();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
};

/** So many calls were let in this month. */
async function used(units: number) {
  await world.admin.query(
    `INSERT INTO usage_period (tenant_id, meter, period_start, used, updated_at)
     VALUES ($1, 'api_calls', $2, $3, now())
     ON CONFLICT (tenant_id, meter, period_start) DO UPDATE SET used = $3`,
    [ctx.tenantId, month(), units],
  );
}

/** How many of `n` calls at once are let in; the rate is none of the matter here. */
async function letIn(n: number, at = ctx.clock.now()) {
  await world.admin.query(
    'UPDATE entitlement SET rate = 100000, burst = 100000 WHERE tenant_id = $1',
    [ctx.tenantId],
  );
  const answers = await Promise.all(
    Array.from({ length: n }, (_, i) =>
      admitCall({
        tenantId: ctx.tenantId,
        credential: { kind: 'apiKey', id: tenant.userId },
        endpoint: `GET /api/v1/strategies/${i % 7}`,
        quotaExempt: false,
        at,
      }),
    ),
  );
  await drainAdmissions();
  return answers.filter(({ outcome }) => outcome === 'admitted').length;
}

const counted = async () =>
  (
    await world.admin.query(
      `SELECT used FROM usage_period WHERE tenant_id = $1 AND meter = 'api_calls' AND period_start = $2`,
      [ctx.tenantId, month()],
    )
  ).rows[0]?.used;

const only = async () => (await getOverage(ctx)).data[0];

describe('a hundred calls at once', () => {
  it('stop at the plan’s limit while overage is off, as it is at first', async () => {
    await used(LIMIT - 37);
    expect(await letIn(100)).toBe(37);
    expect(await counted()).toBe(LIMIT);
    expect(await only()).toMatchObject({ mode: 'off', active: false, stops_at: LIMIT });
  });

  it('stop at the last unit whose price is within the budget', async () => {
    // 150 cents a thousand: 7 cents are 46 units (6.9 cents) and not 47 (7.05).
    expect(await setOverage(ctx, 'api_calls', budget(7))).toMatchObject({
      mode: 'budget',
      active: true,
      stops_at: LIMIT + 46,
    });
    await used(LIMIT - 10);
    expect(await letIn(100)).toBe(56);
    expect(await letIn(100)).toBe(0);
    expect(await counted()).toBe(LIMIT + 46);
    expect(await only()).toMatchObject({ charge: { amount: 7, currency: 'usd' } });
  });

  it('all pass while it is on', async () => {
    await setOverage(ctx, 'api_calls', { mode: 'on' });
    await used(LIMIT - 10);
    expect(await letIn(100)).toBe(100);
    expect(await only()).toMatchObject({ stops_at: null, charge: { amount: 14 } });
  });

  it('stop at the limit again once the subscription rests, and pass once it runs', async () => {
    await setOverage(ctx, 'api_calls', { mode: 'on' });
    await used(LIMIT);
    await pauseSubscription(ctx, subscription);
    expect(await letIn(100)).toBe(0);
    expect(await only()).toMatchObject({ mode: 'on', active: false, charge: { amount: 0 } });
  });
});

describe('less than the month has cost', () => {
  it('is kept for the next month, so that nobody gets around what was used', async () => {
    await setOverage(ctx, 'api_calls', { mode: 'on' });
    await used(LIMIT + 20_000);
    const off = await setOverage(ctx, 'api_calls', { mode: 'off' });
    expect(off).toMatchObject({
      mode: 'budget',
      budget: { amount: 3_000 },
      stops_at: LIMIT + 20_000,
      next: { mode: 'off', budget: null, from: nextMonth().toISOString() },
    });
    expect(await letIn(10)).toBe(0);
    const later: Ctx = { ...ctx, clock: { now: nextMonth } };
    await beginOverage(later);
    expect((await getOverage(later)).data[0]).toMatchObject({ mode: 'off', next: null });
    const { rows } = await world.admin.query(
      'SELECT api_calls_limit::int AS stop FROM entitlement WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    expect(rows).toEqual([{ stop: LIMIT }]);
  });

  it('is forgotten when something else is wished before the month ends', async () => {
    await setOverage(ctx, 'api_calls', { mode: 'on' });
    await used(LIMIT + 20_000);
    await setOverage(ctx, 'api_calls', budget(100));
    await setOverage(ctx, 'api_calls', { mode: 'on' });
    expect(await only()).toMatchObject({ mode: 'on', next: null, stops_at: null });
    const later: Ctx = { ...ctx, clock: { now: nextMonth } };
    expect((await getOverage(later)).data[0]).toMatchObject({ mode: 'on' });
  });
});

describe('a setting', () => {
  it('is written once however often it is asked for, with who asked', async () => {
    await setOverage(ctx, 'api_calls', budget(500));
    await setOverage(ctx, 'api_calls', budget(500));
    const { rows } = await world.admin.query(
      'SELECT mode, budget::int FROM overage_setting WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    expect(rows).toEqual([{ mode: 'budget', budget: 500 }]);
    const actions = await auditActions(world, ctx);
    expect(actions.filter((action) => action === 'overage.set')).toHaveLength(1);
  });

  it('can’t be changed afterwards, by anybody the product is', async () => {
    await setOverage(ctx, 'api_calls', { mode: 'on' });
    await expect(
      world.admin.query(
        `SET ROLE nz_app; SELECT set_config('app.tenant_id', '${ctx.tenantId}', false);
         UPDATE overage_setting SET mode = 'off'`,
      ),
    ).rejects.toThrow(/permission denied/);
    await world.admin.query('RESET ROLE');
  });

  it('is refused to whom it isn’t allowed, in another currency, and where the plan has no price', async () => {
    const on = { mode: 'on' } as const;
    await expect(setOverage(tenant.as('trader'), 'api_calls', on)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(getOverage(tenant.as('viewer'))).rejects.toMatchObject({ code: 'forbidden' });
    const euros = { mode: 'budget', budget: { amount: 500, currency: 'eur' } } as const;
    await expect(setOverage(ctx, 'api_calls', euros)).rejects.toMatchObject({
      errors: [{ path: 'budget', code: 'currency_mismatch' }],
    });
    await world.admin.query(
      `UPDATE entitlement SET plan_id = 'institutional', plan_version = 1 WHERE tenant_id = $1`,
      [ctx.tenantId],
    );
    await expect(setOverage(ctx, 'api_calls', on)).rejects.toMatchObject({
      code: 'overage_not_offered',
    });
  });
});
