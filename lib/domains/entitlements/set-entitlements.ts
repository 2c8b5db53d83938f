import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { runningGrants } from './get-entitlements';
import { findCurrentPlan, getPlanVersion } from './read-catalogue';
import { resolveRights } from './resolve-rights';
import {
  type EntitlementSource,
  type LapseReason,
  type PlanId,
  type PlanVersion,
  TRIAL_PLAN,
} from './schemas';

const DAY = 86_400_000;

export type EntitlementChange = {
  planId: PlanId;
  planVersion: number;
  source: EntitlementSource;
  validUntil: Date | null;
  /** API calls a month that are let in beyond the limit; null: any number. */
  apiCallsBeyond: number | null;
  /** Why nothing runs, with source `none`. */
  lapse?: LapseReason | null;
};

const numberOf = (units: bigint | null) => (units === null ? null : Number(units));

/** Where the gateway stops a month's calls; null: nowhere. */
function stopOf(limit: number | null, beyond: number | null): bigint | null {
  return limit === null || beyond === null ? null : BigInt(limit) + BigInt(beyond);
}

function sameRights(row: EntitlementChange, change: EntitlementChange): boolean {
  return (
    row.planId === change.planId &&
    row.planVersion === change.planVersion &&
    row.source === change.source &&
    row.apiCallsBeyond === change.apiCallsBeyond &&
    (row.lapse ?? null) === (change.lapse ?? null) &&
    (row.validUntil?.getTime() ?? null) === (change.validUntil?.getTime() ?? null)
  );
}

/** The columns that the gateway reads on every call: plan, grants and what is charged by use already added up. */
async function hotColumns(
  tx: Tx,
  ctx: Ctx,
  plan: Pick<PlanVersion, 'limits' | 'features'>,
  apiCallsBeyond: number | null,
) {
  const grants = await runningGrants(tx, ctx.tenantId, ctx.clock.now());
  const { limits, features } = resolveRights(plan, grants);
  return {
    apiCallsLimit: stopOf(limits.api_calls_per_month, apiCallsBeyond),
    rate: limits.requests_per_second,
    burst: limits.burst,
    apiKeysLimit: limits.api_keys,
    apiWrite: features.includes('api_write'),
  };
}

/**
 * Writes what the tenant's plan gives, and tells of it when it differs from before. The caller
 * audits: it knows why. Returns what was before (null: nothing) and whether anything changed.
 */
export async function setEntitlements(
  tx: Tx,
  ctx: Ctx,
  change: EntitlementChange,
): Promise<{ before: EntitlementChange | null; changed: boolean }> {
  const { tenantId } = ctx;
  const row = await tx.entitlement.findUnique({ where: { tenantId } });
  const before = row && {
    planId: row.planId as PlanId,
    planVersion: row.planVersion,
    source: row.source as EntitlementSource,
    validUntil: row.validUntil,
    apiCallsBeyond: numberOf(row.apiCallsBeyond),
    lapse: row.lapse as LapseReason | null,
  };
  if (before && sameRights(before, change)) return { before, changed: false };
  const plan = await getPlanVersion(tx, change.planId, change.planVersion);
  const data = {
    ...change,
    lapse: change.lapse ?? null,
    limits: plan.limits,
    features: plan.features,
    ...(await hotColumns(tx, ctx, plan, change.apiCallsBeyond)),
    updatedAt: ctx.clock.now(),
  };
  await tx.entitlement.upsert({
    where: { tenantId },
    create: { tenantId, ...data },
    update: data,
  });
  await emit(tx, ctx, 'entitlements.changed', {
    plan_id: change.planId,
    source: change.source,
    valid_until: change.validUntil?.toISOString() ?? null,
  });
  return { before, changed: true };
}

/** Adds up plan and grants again, after a grant began, ended or was written. */
export async function refreshHotColumns(tx: Tx, ctx: Ctx): Promise<void> {
  const row = await tx.entitlement.findUnique({ where: { tenantId: ctx.tenantId } });
  if (!row) return;
  const plan = await getPlanVersion(tx, row.planId, row.planVersion);
  const hot = await hotColumns(tx, ctx, plan, numberOf(row.apiCallsBeyond));
  const names = Object.keys(hot) as (keyof typeof hot)[];
  if (names.every((name) => hot[name] === row[name])) return;
  await tx.entitlement.update({ where: { tenantId: ctx.tenantId }, data: hot });
}

/**
 * A new tenant's trial: the plan's features and limits for its trial days, without a subscription.
 * Returns the end of the trial, which the tenant's row carries too.
 */
export async function grantTrial(
  tx: Tx,
  ctx: Ctx,
  planId: PlanId = TRIAL_PLAN,
): Promise<{ trialEndsAt: Date }> {
  const now = ctx.clock.now();
  const plan = await findCurrentPlan(tx, planId, now);
  if (!plan) throw new Error(`the catalogue has no plan ${planId}; was the database seeded?`);
  const trialEndsAt = new Date(now.getTime() + plan.trialDays * DAY);
  await setEntitlements(tx, ctx, {
    planId,
    planVersion: plan.version,
    source: 'trial',
    validUntil: trialEndsAt,
    apiCallsBeyond: 0,
  });
  return { trialEndsAt };
}
