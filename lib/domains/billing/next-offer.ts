import { billingCycleSchema, getPlanVersion } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import type { Offer } from './gateways/port';
import type { SubscriptionRow } from './to-dto';

/** What takes the place of the plan when the period ends; null when nothing does. */
export async function nextOffer(tx: Tx, row: SubscriptionRow): Promise<Offer | null> {
  const { nextPlanId, nextPlanVersion, nextCycle } = row;
  if (nextPlanId === null || nextPlanVersion === null) return null;
  const plan = await getPlanVersion(tx, nextPlanId, nextPlanVersion);
  return { plan, cycle: billingCycleSchema.parse(nextCycle) };
}
