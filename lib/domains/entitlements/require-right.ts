import { lockFor, type Tx } from '@/lib/infra/db';
import { tallyOnce } from '@/lib/infra/tally';
import type { Ctx } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { listAddOnVersions } from './add-ons/read-add-ons';
import type { AddOnVersion } from './add-ons/schemas';
import { getEntitlements } from './get-entitlements';
import { readPlanLadder, seenFrom } from './plan-ladder';
import { planWithFeature, planWithRoom } from './resolve-rights';
import {
  type Entitlements,
  type Feature,
  featureCatalogue,
  type LapseReason,
  type LimitName,
  type PlanVersion,
} from './schemas';

/** What is limited, as one and as many. */
const nouns: Record<LimitName, readonly [string, string]> = {
  strategies: ['strategy', 'strategies'],
  backtests_per_month: ['back-test this month', 'back-tests this month'],
  members: ['member', 'members'],
  api_calls_per_month: ['API call this month', 'API calls this month'],
  api_keys: ['API key', 'API keys'],
  storage_bytes: ['byte of storage', 'bytes of storage'],
  requests_per_second: ['request a second', 'requests a second'],
  burst: ['request at once', 'requests at once'],
};

/** "10 strategies; 10 are used", "1 API key; 1 is used". */
function countedUse({ name, limit, used }: { name: LimitName; limit: number; used: number }) {
  const noun = nouns[name][limit === 1 ? 0 : 1];
  const verb = used === 1 ? 'is' : 'are';
  return `${limit.toLocaleString('en')} ${noun}; ${used.toLocaleString('en')} ${verb} used`;
}

/** When a monthly count starts again: the first of the next month, UTC; null for standing limits. */
export function limitResetsAt(limit: LimitName, now: Date): Date | null {
  if (!limit.endsWith('_per_month')) return null;
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
}

function upgrade(plan: PlanVersion | null) {
  return { upgrade_to: plan?.planId ?? null, upgrade_name: plan?.name ?? null };
}

/** What is to be done about rights that don't run. */
const remedies: Record<LapseReason | 'over', string> = {
  over: 'The trial or subscription is over. Your data can be read; to go on working, choose a plan under Billing.',
  ended:
    'The subscription has ended. Your data can be read; to go on working, choose a plan under Billing.',
  paused:
    'The subscription is paused. Your data can be read; to go on working, resume it under Billing.',
  payment_overdue:
    'A payment is overdue. Your data can be read and exported; settle it under Billing, and everything works again at once.',
};

/** 402 for a tenant of which nothing is running. */
function subscriptionRequired(plan: PlanVersion | null, lapse: LapseReason | null): DomainError {
  return new DomainError('payment_required', 'subscription_required', remedies[lapse ?? 'over'], {
    extra: { ...upgrade(plan), reason: lapse ?? 'over' },
  });
}

async function plansSeenBy(tx: Tx, ctx: Ctx, { planId }: Entitlements) {
  return seenFrom(await readPlanLadder(tx, ctx.clock.now()), planId);
}

/** Throws 402 `subscription_required` unless a trial or subscription is running. For every write. */
export async function requireSubscription(tx: Tx, ctx: Ctx): Promise<Entitlements> {
  const entitlements = await getEntitlements(tx, ctx);
  if (entitlements.source !== 'none') return entitlements;
  const { again } = await plansSeenBy(tx, ctx, entitlements);
  throw subscriptionRequired(again, entitlements.lapse);
}

/** Throws 402 `feature_not_in_plan` (or `subscription_required`), naming the plan that has it. */
export async function requireFeature(tx: Tx, ctx: Ctx, feature: Feature): Promise<Entitlements> {
  const entitlements = await getEntitlements(tx, ctx);
  if (entitlements.features.includes(feature)) {
    noteUse(ctx, feature);
    return entitlements;
  }
  const { own, again, larger } = await plansSeenBy(tx, ctx, entitlements);
  if (entitlements.source === 'none') throw subscriptionRequired(again, entitlements.lapse);
  const better = planWithFeature(larger, feature);
  const { label } = featureCatalogue[feature];
  throw new DomainError(
    'payment_required',
    'feature_not_in_plan',
    better
      ? `${label} isn't part of ${own?.name ?? 'your plan'}. ${better.name} has it.`
      : `${label} isn't part of ${own?.name ?? 'your plan'}.`,
    { extra: { feature, ...upgrade(better) } },
  );
}

/** Features that people and their programs use are counted, each once a month. */
function noteUse(ctx: Ctx, feature: Feature): void {
  const { kind } = ctx.actor;
  if (kind !== 'member' && kind !== 'apiKey') return;
  const { tenantId } = ctx;
  tallyOnce({ tenantId, meter: 'feature_access', at: ctx.clock.now(), subject: feature });
}

/** What can be bought beside the plan for more of a limit; only a subscription has add-ons. */
async function addOnThatLifts(
  tx: Tx,
  ctx: Ctx,
  { source, planId }: Entitlements,
  name: LimitName,
): Promise<AddOnVersion | null> {
  if (source !== 'subscription') return null;
  const onSale = await listAddOnVersions(tx, ctx.clock.now());
  return onSale.find(({ gives, plans }) => plans.includes(planId) && name in gives) ?? null;
}

async function quotaExceeded(
  tx: Tx,
  ctx: Ctx,
  entitlements: Entitlements,
  taken: { name: LimitName; limit: number; used: number; want: number },
): Promise<DomainError> {
  const { own, larger } = await plansSeenBy(tx, ctx, entitlements);
  const better = planWithRoom(larger, taken.name, taken.used + taken.want);
  const addOn = await addOnThatLifts(tx, ctx, entitlements, taken.name);
  const resetsAt = limitResetsAt(taken.name, ctx.clock.now());
  const sentences = [
    `${own?.name ?? 'Your plan'} includes ${countedUse(taken)}.`,
    resetsAt ? `The count starts again on ${resetsAt.toISOString().slice(0, 10)} (UTC).` : null,
    addOn ? `The add-on “${addOn.name}” raises the limit.` : null,
    better ? `${better.name} lifts the limit.` : null,
  ];
  return new DomainError(
    'payment_required',
    'quota_exceeded',
    sentences.filter((sentence) => sentence !== null).join(' '),
    {
      extra: {
        limit: taken.limit,
        used: taken.used,
        resets_at: resetsAt?.toISOString() ?? null,
        limit_name: taken.name,
        ...upgrade(better),
        add_on: addOn?.key ?? null,
      },
    },
  );
}

/**
 * Takes `want` (1) of a limit. `used` counts inside a lock on tenant and limit that lasts until
 * the transaction ends, so that of two callers for the last place one gets it.
 * Throws 402 `quota_exceeded` with `{ limit, used, resets_at, upgrade_to, upgrade_name, add_on }`.
 */
export async function takeLimit(
  tx: Tx,
  ctx: Ctx,
  name: LimitName,
  { used, want = 1 }: { used: () => Promise<number>; want?: number },
): Promise<Entitlements> {
  const entitlements = await requireSubscription(tx, ctx);
  const limit = entitlements.limits[name];
  if (limit === null) return entitlements;
  await lockFor(tx, ctx.tenantId, `limit:${name}`);
  const before = await used();
  if (before + want > limit) {
    throw await quotaExceeded(tx, ctx, entitlements, { name, limit, used: before, want });
  }
  return entitlements;
}
