import { figure, none } from '@/lib/testing/bench-world';
import { onThrowawayDatabase } from '@/lib/testing/throwaway-database';

const SHOWN = 3;

/**
 * Every job of billing, and the heal of a drift, dies before and after each of its transactions and before and after each
 * call that changes something at the provider, and is repeated twice: our books and the provider's are as after
 * work that nobody disturbed.
 */
export function run() {
  return onThrowawayDatabase({}, async (url) => {
    const { startBillingWorld } = await import('@/lib/testing/billing-world');
    const { useMovedTime } = await import('@/lib/testing/overage-world');
    const { tryDeaths } = await import('./dying-jobs/deaths');
    const { scenes } = await import('./dying-jobs/scenes');
    const world = await startBillingWorld(url);
    const stage = { world, time: useMovedTime(world) };
    let deaths = 0;
    const wrong: string[] = [];
    try {
      for (const name of Object.keys(scenes)) {
        const outcome = await tryDeaths(stage, name, () => true);
        deaths += outcome.deaths;
        wrong.push(...outcome.wrong);
      }
    } finally {
      await world.stop();
    }
    for (const text of wrong.slice(0, SHOWN)) console.log(`${text}\n`);
    return [
      figure(
        `deaths of ${Object.keys(scenes).length} kinds of work, at every step`,
        deaths,
        'deaths',
      ),
      none('deaths after which the books were otherwise', wrong.length, 'deaths'),
    ];
  });
}
