import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { lapse, resolveRights } from './resolve-rights';
import {
  type Entitlements,
  type Feature,
  featureSchema,
  type Grant,
  grantSchema,
  lapseReasonSchema,
  limitsSchema,
  planIdSchema,
} from './schemas';

const NOTHING: Entitlements = {
  planId: 'starter',
  planVersion: 0,
  source: 'none',
  limits: {
    strategies: 0,
    backtests_per_month: 0,
    members: 0,
    api_calls_per_month: 0,
    api_keys: 0,
    storage_bytes: 0,
    requests_per_second: 1,
    burst: 1,
  },
  features: [],
  validUntil: null,
  lapse: null,
};

/** Grants running at `now`, oldest first. */
export async function runningGrants(tx: Tx, tenantId: string, now: Date): Promise<Grant[]> {
  const rows = await tx.entitlementGrant.findMany({
    where: { tenantId, startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { source: true, key: true, value: true },
  });
  return rows.map((row) => grantSchema.parse(row));
}

/**
 * What the tenant may now: plan version, add-ons, overrides and grants. A trial that is over, or
 * no subscription: source `none`, the plan's limits as they were, and only what reading needs.
 */
export async function getEntitlements(tx: Tx, ctx: Ctx): Promise<Entitlements> {
  const now = ctx.clock.now();
  const row = await tx.entitlement.findUnique({ where: { tenantId: ctx.tenantId } });
  if (!row) return NOTHING;
  const base = {
    limits: limitsSchema.parse(row.limits),
    features: featureSchema.array().parse(row.features),
  };
  const rights = resolveRights(base, await runningGrants(tx, ctx.tenantId, now));
  const over = row.validUntil !== null && row.validUntil <= now;
  const source = over ? 'none' : (row.source as Entitlements['source']);
  return {
    planId: planIdSchema.parse(row.planId),
    planVersion: row.planVersion,
    source,
    ...(source === 'none' ? lapse(rights) : rights),
    validUntil: row.validUntil,
    lapse: source === 'none' ? lapseReasonSchema.nullable().parse(row.lapse) : null,
  };
}

/** Whether plan, add-ons and grants give the feature now; asked by UI, API and jobs alike. */
export async function can(ctx: Ctx, feature: Feature): Promise<boolean> {
  const entitlements = await withTenant(ctx, (tx) => getEntitlements(tx, ctx));
  return entitlements.features.includes(feature);
}
