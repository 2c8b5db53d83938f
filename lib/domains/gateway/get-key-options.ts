import {
  getEntitlements,
  planWithFeature,
  readPlanLadder,
  seenFrom,
} from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { countApiKeys } from './api-key-store';
import { grantableScopes } from './policy';
import type { KeyOptions } from './schemas';

/** What the form for a new key offers. Throws `forbidden` without `api_keys:read`. */
export async function getKeyOptions(ctx: Ctx): Promise<KeyOptions> {
  authorise(ctx, 'api_keys:read');
  return withTenant(ctx, async (tx) => {
    const { features, limits, planId } = await getEntitlements(tx, ctx);
    const { larger } = seenFrom(await readPlanLadder(tx, ctx.clock.now()), planId);
    const better = features.includes('api_write') ? null : planWithFeature(larger, 'api_write');
    return {
      scopes: grantableScopes(ctx, features),
      used: await countApiKeys(tx, ctx),
      limit: limits.api_keys,
      requestsPerSecond: limits.requests_per_second,
      writeWith: better && { id: better.planId, name: better.name },
    };
  });
}
