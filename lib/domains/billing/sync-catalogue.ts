import { listPlanVersions } from '@/lib/domains/entitlements';
import { withNobody } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { publishOffers } from './publish-offers';

/** Makes what is on sale known at every gateway; doing it again changes nothing. */
export async function syncCatalogue(ctx: PublicCtx): Promise<{ prices: number }> {
  const plans = await withNobody((tx) => listPlanVersions(tx, ctx.clock.now()));
  let prices = 0;
  for (const plan of plans) prices += await publishOffers(plan);
  return { prices };
}
