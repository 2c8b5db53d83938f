import {
  getEntitlements,
  listPlanVersions,
  type PlanId,
  planWithFeature,
} from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Permission } from '@/lib/kernel/access';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { countApiKeys } from './api-key-store';
import { grantableScopes } from './policy';

export type KeyOptions = {
  /** What a new key may be given. */
  scopes: Permission[];
  used: number;
  /** Null: unlimited. */
  limit: number | null;
  /** The plan that lets keys write, when this one doesn't. */
  writeWith: { id: PlanId; name: string } | null;
};

/** What the form for a new key offers. Throws `forbidden` without `api_keys:read`. */
export async function getKeyOptions(ctx: Ctx): Promise<KeyOptions> {
  authorise(ctx, 'api_keys:read');
  return withTenant(ctx, async (tx) => {
    const { features, limits, planId } = await getEntitlements(tx, ctx);
    const plans = await listPlanVersions(tx, ctx.clock.now());
    const rank = plans.find((plan) => plan.planId === planId)?.rank ?? 0;
    const better = features.includes('api_write')
      ? null
      : planWithFeature(plans, 'api_write', rank);
    return {
      scopes: grantableScopes(ctx, features),
      used: await countApiKeys(tx, ctx),
      limit: limits.api_keys,
      writeWith: better && { id: better.planId, name: better.name },
    };
  });
}
