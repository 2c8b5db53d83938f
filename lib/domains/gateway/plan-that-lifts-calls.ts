import { LRUCache } from 'lru-cache';
import { planWithRoom, readPlanLadder } from '@/lib/domains/entitlements';
import { outsideSteps, withNobody } from '@/lib/infra/db';
import { once } from '@/lib/infra/registry';

type Plans = ReturnType<typeof readPlanLadder>;

/** The catalogue changes with releases; a client that keeps calling must not cost a look each time. */
const REMEMBER_MS = 30_000;

const catalogue = () =>
  once('gateway.plans', () => new LRUCache<'plans', Plans>({ max: 1, ttl: REMEMBER_MS }));

/** The plans, smallest first; remembered for a while. */
export function cataloguePlans(now: Date): Plans {
  let plans = catalogue().get('plans');
  if (!plans) {
    plans = outsideSteps(() => withNobody((tx) => readPlanLadder(tx, now)));
    catalogue().set('plans', plans);
    plans.catch(() => catalogue().delete('plans'));
  }
  return plans;
}

/** The smallest plan on sale whose month has room for another API call after `used`; null when none has. */
export async function planThatLiftsCalls(used: number, now: Date): Promise<string | null> {
  const { onSale } = await cataloguePlans(now);
  return planWithRoom(onSale, 'api_calls_per_month', used + 1)?.planId ?? null;
}
