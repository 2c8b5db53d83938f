import { recordAudit } from '@/lib/domains/audit';
import {
  type EntitlementChange,
  findCurrentPlan,
  getEntitlements,
  type LapseReason,
  planIdSchema,
  setEntitlements,
  TRIAL_PLAN,
} from '@/lib/domains/entitlements';
import { setTenantStatus, type TenantStatus } from '@/lib/domains/tenancy';
import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { applyAddOns } from './add-ons/apply-add-ons';
import { beyondNow } from './overage/beyond-now';
import { factsOf } from './dunning/facts';
import { dunningStage } from './dunning/schedule';
import type { DunningStage } from './dunning/schemas';
import { readSubscriptions } from './read-subscriptions';
import type { SubscriptionRow } from './to-dto';

/** Statuses under which the plan's rights run; past due keeps them until dunning takes them. */
const RUNNING = new Set(['trialing', 'active', 'past_due']);
/** Stages of dunning in which everything can still be read, and nothing more. */
const TAKEN = new Set<DunningStage>(['read_only', 'suspended']);

/** Whether a subscription's rights are there to be used. */
const runs = ({ status }: SubscriptionRow, stage: DunningStage) =>
  RUNNING.has(status) && !TAKEN.has(stage);

/** Paused counts as having no plan: nothing is owed, and nothing runs. */
const tenantStatuses: Record<string, TenantStatus> = {
  trialing: 'trial',
  active: 'active',
  past_due: 'past_due',
  unpaid: 'past_due',
  paused: 'cancelled',
};

function liveOf(rows: readonly SubscriptionRow[]): SubscriptionRow | null {
  return rows.find((row) => row.status !== 'cancelled') ?? null;
}

/** Rows come newest first. One that no payment ever began has given nothing, so it takes nothing. */
function lastThatRan(rows: readonly SubscriptionRow[]): SubscriptionRow | null {
  const begun = rows.filter(({ providerId, status, providerStatus }) => {
    return (
      providerId !== null && status !== 'incomplete' && providerStatus !== 'incomplete_expired'
    );
  });
  return begun[0] ?? null;
}

/**
 * What the tenant may after its subscriptions: the plan of a running one; without one its own
 * trial, as long as that lasts; else what can be read of the plan that ran last, whether or not we were told while it
 * ran. Null: what it has is right already. An incomplete subscription gives nothing and takes nothing.
 */
async function rightsNow(
  tx: Tx,
  ctx: Ctx,
  rows: readonly SubscriptionRow[],
  stage: DunningStage,
  trialEndsAt: Date,
): Promise<EntitlementChange | null> {
  const live = liveOf(rows);
  if (live && runs(live, stage)) {
    const planId = planIdSchema.parse(live.planId);
    const { planVersion } = live;
    const apiCallsBeyond = await beyondNow(tx, ctx, live, 'api_calls');
    return { planId, planVersion, source: 'subscription', validUntil: null, apiCallsBeyond };
  }
  const now = ctx.clock.now();
  if (trialEndsAt > now && (!live || live.status === 'incomplete')) {
    const { source } = await getEntitlements(tx, ctx);
    const plan = source === 'trial' ? null : await findCurrentPlan(tx, TRIAL_PLAN, now);
    return (
      plan && {
        planId: TRIAL_PLAN,
        planVersion: plan.version,
        source: 'trial',
        validUntil: trialEndsAt,
        apiCallsBeyond: 0,
      }
    );
  }
  const ran = lastThatRan(rows);
  return (
    ran && {
      planId: planIdSchema.parse(ran.planId),
      planVersion: ran.planVersion,
      source: 'none',
      validUntil: null,
      apiCallsBeyond: 0,
      lapse: lapseOf(live, stage),
    }
  );
}

/** Why nothing runs, for whoever is refused to be told what to do. */
function lapseOf(live: SubscriptionRow | null, stage: DunningStage): LapseReason {
  if (stage !== 'none') return 'payment_overdue';
  return live?.status === 'paused' ? 'paused' : 'ended';
}

function statusNow(
  live: SubscriptionRow | null,
  stage: DunningStage,
  inTrial: boolean,
  hadOne: boolean,
): TenantStatus {
  if (stage === 'suspended') return 'suspended';
  const running = live ? tenantStatuses[live.status] : undefined;
  if (running) return running;
  return inTrial || !hadOne ? 'trial' : 'cancelled';
}

/**
 * Gives and takes what the tenant's subscriptions mean: entitlements and the tenant's own status.
 * Returns whether anything changed.
 */
export async function applyRights(
  tx: Tx,
  ctx: Ctx,
  rows: readonly SubscriptionRow[],
): Promise<boolean> {
  const { tenantId } = ctx;
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const live = liveOf(rows);
  const now = ctx.clock.now();
  const stage = live ? dunningStage(factsOf(live), now) : 'none';
  const rights = await rightsNow(tx, ctx, rows, stage, tenant.trialEndsAt);
  const entitled = rights ? await setEntitlements(tx, ctx, rights) : null;
  if (rights && entitled?.changed) {
    await recordAudit(tx, ctx, {
      action: 'entitlement.changed',
      object: { type: 'tenant', id: tenantId },
      ...(entitled.before ? { before: describe(entitled.before) } : {}),
      after: describe(rights),
    });
  }
  const added = await applyAddOns(tx, ctx, live && runs(live, stage) ? live : null);
  const hadOne = rows.some((row) => row.providerId !== null);
  const inTrial = tenant.trialEndsAt > now;
  const moved = await setTenantStatus(tx, ctx, tenant, statusNow(live, stage, inTrial, hadOne));
  return moved || added || (entitled?.changed ?? false);
}

/** The same from what is kept here of the subscriptions; the caller holds the tenant's billing lock. */
export async function renewRights(tx: Tx, ctx: Ctx): Promise<void> {
  await applyRights(tx, ctx, await readSubscriptions(tx, ctx.tenantId));
}

function describe(change: EntitlementChange) {
  return {
    plan_id: change.planId,
    plan_version: change.planVersion,
    source: change.source,
    ...(change.lapse ? { lapse: change.lapse } : {}),
    valid_until: change.validUntil?.toISOString() ?? null,
  };
}
