import { expect, it } from 'vitest';
import { useBillingWorld } from '@/lib/testing/billing-world';
import { RefundWorld } from '@/lib/testing/refund-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { useWorkers } from '@/lib/testing/workers';

const database = useTestDatabase();
const world = useBillingWorld(database);
const money = new RefundWorld(world);
/** How long anything may take before the test gives up; it passes as soon as it is so. */
const PATIENCE = 120_000;
/** As often as the client tries one call. */
const TRIES = 3;
const start = useWorkers(database, () => world.env);

it('gives back once when the worker is killed between the provider’s refund and our row', async () => {
  await money.pay();
  world.trouble({ path: '/v1/refunds', when: 'before', times: TRIES, writes: true });
  expect(await money.give(5_000)).toMatchObject({ status: 'approved' });
  expect(await money.atStripe()).toEqual([]);
  const first = await start();
  const cut = world.trouble({
    path: '/v1/refunds',
    when: 'after',
    times: 1,
    writes: true,
    meanwhile: () => first.kill(),
  });
  await world.admin.query(
    `UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE 'refund:%'`,
  );
  await expect.poll(() => cut.times, { timeout: PATIENCE }).toBe(0);
  await first.kill();
  // It died with the job in its hands: the provider has given back, and nothing here says so.
  expect(await money.atStripe()).toHaveLength(1);
  expect(await money.statuses()).toEqual(['approved']);
  await start();
  await expect.poll(() => money.statuses(), { timeout: PATIENCE }).toEqual(['done']);
  expect((await money.atStripe()).map(({ amount }) => amount)).toEqual([5_000]);
  expect(await money.notes()).toEqual([5_000]);
}, 300_000);
