import { listPlanVersions, planWithRoom } from '@/lib/domains/entitlements';
import { withNobody } from '@/lib/infra/db';

/** The smallest plan on sale whose month has room for another API call after `used`; null when none has. */
export async function planThatLiftsCalls(used: number, now: Date): Promise<string | null> {
  const plans = await withNobody((tx) => listPlanVersions(tx, now));
  return planWithRoom(plans, 'api_calls_per_month', used + 1, 0)?.planId ?? null;
}
