import type { PlanVersion } from '@/lib/domains/entitlements';
import { billingCycleSchema } from '@/lib/domains/entitlements/schemas';
import { conflict } from '@/lib/kernel/errors';
import { offeredGateways } from './gateways/find-gateway';

/**
 * Makes a plan version's prices known at every gateway; doing it again changes nothing. Returns how many.
 * Throws 409 `provider_refused` when a gateway can't sell it, 503 while one is away.
 */
export async function publishOffers(plan: PlanVersion): Promise<number> {
  let prices = 0;
  for (const cycle of billingCycleSchema.options) {
    if (plan.prices[cycle] === null) continue;
    for (const gateway of offeredGateways()) {
      try {
        await gateway.publishOffer({ plan, cycle });
      } catch (error) {
        if (!gateway.isRefusal(error)) throw error;
        throw conflict(
          'provider_refused',
          `${gateway.name} refused the ${cycle} price of ${plan.name}, so nothing was published. Look at the price, and try again.`,
        );
      }
    }
    prices += 1;
  }
  return prices;
}
