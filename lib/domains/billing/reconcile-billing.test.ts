import { beforeEach, describe, expect, it, vi } from 'vitest';
import { queueCloses } from './overage/close-months';
import { withTenant } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import { clockOf } from '@/lib/infra/tenant-clock';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { createTenant, subscribe, useBillingWorld } from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { openSandbox } from '.';
import { convergeContract } from './job-contracts';
import { reconcileBilling } from './reconcile-billing';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const real = { requestId: 'req_night', clock: systemClock, ip: null, userAgent: null };
const DAY = 86_400_000;
let ctx: Ctx;

const jobsOf = async (key: string) =>
  (
    await world.admin.query<{ payload: object; run_at: Date }>(
      'SELECT payload, run_at FROM graphile_worker._private_jobs WHERE key = $1',
      [key],
    )
  ).rows;
const forgetJobs = () => world.admin.query('DELETE FROM graphile_worker._private_jobs');

/** A sandbox that lives so many days away from now. */
async function sandbox(days: number): Promise<Ctx> {
  const at = new Date(Date.now() + days * DAY).toISOString();
  const opened = await openSandbox(real, { starts_at: new Date(Date.now() - DAY).toISOString() });
  const made = await createTenant(world, { ageDays: 40 });
  await withTenant(made.ctx, (tx) => opened.keep(tx, made.ctx));
  await world.admin.query('UPDATE tenant_clock SET at = $2 WHERE tenant_id = $1', [
    made.ctx.tenantId,
    at,
  ]);
  return { ...made.ctx, clock: await clockOf(made.ctx.tenantId) };
}

beforeEach(async () => {
  ({ ctx } = await createTenant(world, { ageDays: 40 }));
  await subscribe(ctx);
  await forgetJobs();
});

describe('the nightly comparison', () => {
  it('leaves a look that a webhook asked for where it is, and has one of its own', async () => {
    const { tenantId } = ctx;
    const key = `converge:${tenantId}`;
    const told = { tenantId, toldBy: 'stripe' } as const;
    await withTenant(ctx, (tx) => enqueue(tx, convergeContract, told, { key }));
    const [before] = await jobsOf(key);
    await reconcileBilling(real);
    expect(await jobsOf(key)).toEqual([before]);
    expect(before?.payload).toMatchObject({ toldBy: 'stripe' });
    expect((await jobsOf(`compare:${tenantId}`)).map(({ payload }) => payload)).not.toMatchObject([
      { toldBy: 'stripe' },
    ]);
    // And the other way round: news doesn't cut the comparison short.
    await forgetJobs();
    await reconcileBilling(real);
    await withTenant(ctx, (tx) => enqueue(tx, convergeContract, told, { key }));
    expect(await jobsOf(`compare:${tenantId}`)).toHaveLength(1);
    expect(await jobsOf(key)).toHaveLength(1);
  });
});

describe('what a request began and no job ended', () => {
  const unfinished = (whose: Ctx) =>
    world.admin.query(
      `UPDATE subscription SET wish_revision = pushed_revision + 1, updated_at = $2 WHERE tenant_id = $1 RETURNING id`,
      [whose.tenantId, whose.clock.now()],
    );

  it('is found an hour later, and not while it may be on its way', async () => {
    const { rows } = await unfinished(ctx);
    await reconcileBilling(real);
    expect(await jobsOf(`push:${rows[0].id}`)).toHaveLength(0);
    await world.admin.query(
      `UPDATE subscription SET updated_at = now() - interval '61 minutes' WHERE tenant_id = $1`,
      [ctx.tenantId],
    );
    await reconcileBilling(real);
    expect(await jobsOf(`push:${rows[0].id}`)).toHaveLength(1);
  });

  it.each([400, -400])('is found in a sandbox that lives %i days away', async (days) => {
    const there = await sandbox(days);
    await subscribe({ ...there, clock: systemClock });
    const { rows } = await unfinished(there);
    await forgetJobs();
    await reconcileBilling(real);
    expect(await jobsOf(`push:${rows[0].id}`)).toHaveLength(1);
  });
});

describe('months are closed', () => {
  const switchedOn = (whose: Ctx, from: Date) =>
    world.admin.query(
      `INSERT INTO overage_setting (tenant_id, meter, revision, mode, starts_at, created_at)
       VALUES ($1, 'api_calls', 1, 'on', $2, $2)`,
      [whose.tenantId, from],
    );
  const isQueued = async (whose: Ctx) => (await jobsOf(`close:${whose.tenantId}`)).length === 1;
  const monthOf = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));

  it('in the time of each tenant', async () => {
    const ahead = await sandbox(400);
    const behind = await sandbox(-400);
    const month = monthOf(systemClock.now());
    const begun = new Date(month.getTime() + 60_000);
    // Since this month: for us nothing is over yet, for one who lives a year later it is.
    for (const whose of [ctx, ahead, behind]) await switchedOn(whose, begun);
    await queueCloses(real);
    expect(await isQueued(ctx)).toBe(false);
    expect(await isQueued(ahead)).toBe(true);
    expect(await isQueued(behind)).toBe(false);
    // A year and more ago for us, and this month for one who lives then.
    const late = await sandbox(-400);
    await switchedOn(late, new Date(monthOf(late.clock.now()).getTime() + 60_000));
    await queueCloses(real);
    expect(await isQueued(late)).toBe(false);
  });

  it('again when a total changed that may still be corrected in that time', async () => {
    const behind = await sandbox(-400);
    const month = monthOf(new Date(monthOf(behind.clock.now()).getTime() - DAY));
    await switchedOn(behind, month);
    await world.admin.query(
      `INSERT INTO overage_charge (tenant_id, meter, month, revision, standing, mode, used_until, units, cents_per_thousand,
         currency, uncapped, billed_before, amount, created_at)
       VALUES ($1, 'api_calls', $2, 0, 'none', 'off', $3, 5, 0, 'usd', 0, 0, 0, $3)`,
      [behind.tenantId, month, behind.clock.now()],
    );
    await queueCloses(real);
    expect(await isQueued(behind)).toBe(false);
    await world.admin.query(
      `INSERT INTO usage_period (tenant_id, meter, period_start, used, updated_at) VALUES ($1, 'api_calls', $2, 9, now())`,
      [behind.tenantId, month],
    );
    await queueCloses(real);
    expect(await isQueued(behind)).toBe(true);
  });
});
