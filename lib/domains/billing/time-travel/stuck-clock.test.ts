import { expect, it, vi } from 'vitest';
import { withTenant } from '@/lib/infra/db';
import { clockOf } from '@/lib/infra/tenant-clock';
import { systemClock } from '@/lib/kernel/clock';
import { createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { getClock, moveClock, openSandbox } from '..';
import { reconcileBilling } from '../reconcile-billing';
import { travel } from './travel';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const real = { requestId: 'req_night', clock: systemClock, ip: null, userAgent: null };

it('moves a clock on in the night when the job that moved it gave up', async () => {
  const sandbox = await openSandbox(real, { starts_at: '2026-01-31T10:00:00.000Z' });
  const { ctx } = await createTenant(world);
  await withTenant(ctx, (tx) => sandbox.keep(tx, ctx));
  const inTenant = async () => ({ ...ctx, clock: await clockOf(ctx.tenantId) });
  await moveClock(await inTenant(), { to: '2026-02-03T10:00:00Z' });
  const waiting = async () =>
    (
      await world.admin.query('SELECT FROM graphile_worker._private_jobs WHERE key = $1', [
        `travel:${ctx.tenantId}`,
      ])
    ).rowCount;
  await world.admin.query('DELETE FROM graphile_worker._private_jobs');
  await reconcileBilling(real);
  // It may be on its way still.
  expect(await waiting()).toBe(0);
  await world.admin.query(
    `UPDATE tenant_clock SET moved_at = now() - interval '2 hours' WHERE tenant_id = $1`,
    [ctx.tenantId],
  );
  await reconcileBilling(real);
  expect(await waiting()).toBe(1);
  await travel(await inTenant(), AbortSignal.timeout(60_000));
  expect(await getClock(await inTenant())).toMatchObject({ moving_to: null });
});
