import { listPlanVersions } from '@/lib/domains/entitlements';
import { billingCycleSchema } from '@/lib/domains/entitlements/schemas';
import { withNobody } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { gateways } from './gateways/find-gateway';

/** Makes what is on sale known at every gateway; doing it again changes nothing. */
export async function syncCatalogue(ctx: PublicCtx): Promise<{ prices: number }> {
  const plans = await withNobody((tx) => listPlanVersions(tx, ctx.clock.now()));
  let prices = 0;
  for (const plan of plans) {
    for (const cycle of billingCycleSchema.options) {
      if (plan.prices[cycle] === null) continue;
      for (const gateway of gateways) await gateway.publishOffer({ plan, cycle });
      prices += 1;
    }
  }
  return { prices };
}
