import { headers } from 'next/headers';
import type { FeatureName, PlanOffer } from '@/components/marketing/plan-types';
import { listPlans } from '@/lib/domains/billing';
import { featureCatalogue, isAvailable, features } from '@/lib/domains/entitlements/schemas';
import { requestInfo } from '@/lib/transport/request-info';

/** The plans on sale, smallest first; features that aren't there yet are in no plan. */
export async function loadPlans(): Promise<PlanOffer[]> {
  return listPlans(requestInfo(await headers()));
}

/** Names of the features that exist, in the order of the comparison. */
export function availableFeatures(): FeatureName[] {
  return features.filter(isAvailable).map((id) => ({ id, label: featureCatalogue[id].label }));
}
