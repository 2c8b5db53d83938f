import type { Tx } from '@/lib/infra/db';
import { listEveryPlanVersion, listPlanVersions } from './read-catalogue';
import type { PlanVersion } from './schemas';

/** The plans by rank, one version each: what can be bought, and what only those have who had it before. */
export type PlanLadder = { onSale: readonly PlanVersion[]; offSale: readonly PlanVersion[] };

/** Where a tenant stands on the ladder. */
export type PlanView = {
  /** The plan it has: as it is sold, or as it was sold last; null: a plan that there never was. */
  own: PlanVersion | null;
  /** Its own plan if that can be bought, else the smallest above it; null: there is none. */
  again: PlanVersion | null;
  /** What can be bought above it, smallest first. */
  larger: readonly PlanVersion[];
};

/** The plans at `now`. A plan off sale keeps its place among the others: it is in the rank of its newest version. */
export async function readPlanLadder(tx: Tx, now: Date): Promise<PlanLadder> {
  const onSale = await listPlanVersions(tx, now);
  const sold = new Set<string>(onSale.map(({ planId }) => planId));
  const newest = new Map((await listEveryPlanVersion(tx)).map((plan) => [plan.planId, plan]));
  return { onSale, offSale: [...newest.values()].filter(({ planId }) => !sold.has(planId)) };
}

/** The ladder seen from a plan, on sale or not. */
export function seenFrom({ onSale, offSale }: PlanLadder, planId: string): PlanView {
  const named = (plan: PlanVersion) => plan.planId === planId;
  const sold = onSale.find(named) ?? null;
  const own = sold ?? offSale.find(named) ?? null;
  const larger = onSale.filter(({ rank }) => own === null || rank > own.rank);
  return { own, again: sold ?? larger[0] ?? null, larger };
}
