import type { Tx } from '@/lib/infra/db';
import { runningGrants } from './get-entitlements';
import { resolveRights } from './resolve-rights';
import type { Limits, PlanVersion } from './schemas';

/** The limits that a plan gave a tenant at an instant, with the add-ons, overrides and grants that ran then. */
export async function limitsAt(
  tx: Tx,
  tenantId: string,
  plan: Pick<PlanVersion, 'limits' | 'features'>,
  at: Date,
): Promise<Limits> {
  return resolveRights(plan, await runningGrants(tx, tenantId, at)).limits;
}
