import { expect, it, vi } from 'vitest';
import { useBillingWorld } from '@/lib/testing/billing-world';
import { useMovedTime } from '@/lib/testing/overage-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { tryDeaths } from './deaths';
import { scenes } from './scenes';

vi.setConfig({ testTimeout: 120_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const stage = { world, time: useMovedTime(world) };

/** A sample: the first or second step of each scene, and every sixth after it. */
it.each(Object.keys(scenes).map((name, index) => [name, index % 2] as const))(
  'a job that %s is repeated without a second effect after it died',
  async (name, first) => {
    const { wrong, deaths } = await tryDeaths(stage, name, (step) => step % 6 === first);
    expect(wrong).toEqual([]);
    expect(deaths).toBeGreaterThan(0);
  },
);
