import { getEntitlements } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { factsOf } from '../dunning/facts';
import { dunningDays, dunningStage } from '../dunning/schedule';
import { readLiveSubscription } from '../read-subscriptions';
import type { SubscriptionRow } from '../to-dto';
import { wantsCard } from '../wants-card';
import type { BillingNotice } from './schemas';

const ends = (date: Date | null | undefined) => date?.toISOString() ?? null;

/** What an overdue payment has led to, and when it leads further. */
function overdueNotice(row: SubscriptionRow, now: Date): BillingNotice | null {
  const facts = factsOf(row);
  const days = dunningDays(facts);
  switch (dunningStage(facts, now)) {
    case 'none':
      return null;
    case 'retrying':
      return { kind: 'past_due', ends_at: ends(days?.readOnlyAt) };
    case 'read_only':
      return { kind: 'unpaid', ends_at: ends(days?.suspendedAt) };
    case 'suspended':
      return { kind: 'suspended_unpaid', ends_at: null };
  }
}

function noticeOf(row: SubscriptionRow, now: Date): BillingNotice | null {
  switch (row.status) {
    case 'paused':
      return { kind: 'paused', ends_at: null };
    case 'trialing':
    case 'active':
      // A card wouldn't keep what was cancelled.
      if (row.cancelAt) return { kind: 'ending', ends_at: ends(row.cancelAt) };
      return wantsCard(row) ? { kind: 'subscription_trial', ends_at: ends(row.trialEndsAt) } : null;
    default:
      return overdueNotice(row, now);
  }
}

/** The one thing about billing that somebody should know on every page; null when all is well. */
export async function getBillingNotice(ctx: Ctx): Promise<BillingNotice | null> {
  const { tenantId } = ctx;
  const { held, row, entitlements } = await withTenant(ctx, async (tx) => ({
    held: await tx.tenant.count({ where: { id: tenantId, heldAt: { not: null } } }),
    row: await readLiveSubscription(tx, tenantId),
    entitlements: await getEntitlements(tx, ctx),
  }));
  if (held > 0) return { kind: 'suspended', ends_at: null };
  if (row && row.status !== 'incomplete') return noticeOf(row, ctx.clock.now());
  if (entitlements.source === 'trial') {
    return { kind: 'trial', ends_at: ends(entitlements.validUntil) };
  }
  if (entitlements.source !== 'none') return null;
  return { kind: entitlements.validUntil ? 'trial_over' : 'ended', ends_at: null };
}
