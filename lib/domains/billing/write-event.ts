import { describeActor } from '@/lib/domains/audit';
import { billingCycleSchema, getPlanVersion } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { idTime, newId } from '@/lib/kernel/ids';
import { CYCLE_MONTHS, share } from './engine';
import { transitions } from './lifecycle';
import type { SubscriptionRow } from './to-dto';
import { sameTerms, termsOf } from './wish';

/** Statuses in which a subscription earns something. */
const EARNING = new Set(['active', 'past_due']);

/** What a subscription is worth a month: its list price in minor units, 0 while nothing is charged. */
async function monthlyValue(
  tx: Tx,
  row: SubscriptionRow,
): Promise<{ cents: number; currency: string }> {
  const plan = await getPlanVersion(tx, row.planId, row.planVersion);
  const cycle = billingCycleSchema.parse(row.billingCycle);
  const price = EARNING.has(row.status) ? (plan.prices[cycle] ?? 0) : 0;
  return { cents: share(price, 1, CYCLE_MONTHS[cycle]), currency: plan.currency };
}

function causeOf(before: SubscriptionRow | null, after: SubscriptionRow): string {
  if (!before) return 'begun';
  if (before.status === after.status) return 'terms changed';
  const step = transitions.find(({ from, to }) => from === before.status && to === after.status);
  return step?.by ?? 'several steps';
}

/**
 * An id that comes after those of the tenant's history so far: several things may happen in one moment of a clock that stands,
 * in several processes. The caller holds the tenant's lock.
 */
async function nextEventId(tx: Tx, tenantId: string, at: Date): Promise<string> {
  const last = await tx.subscriptionEvent.findFirst({
    where: { tenantId },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  return newId(Math.max(at.getTime(), last ? idTime(last.id) + 1 : 0));
}

/**
 * Adds to the subscription's history, in the transaction of the change, when its status or its terms
 * are others than before. `before` is null for a subscription's first event.
 */
export async function writeEvent(
  tx: Tx,
  ctx: Ctx,
  before: SubscriptionRow | null,
  after: SubscriptionRow,
): Promise<void> {
  const same =
    before !== null && before.status === after.status && sameTerms(termsOf(before), termsOf(after));
  if (same) return;
  const at = ctx.clock.now();
  const value = await monthlyValue(tx, after);
  const valueBefore = before ? await monthlyValue(tx, before) : { cents: 0 };
  await tx.subscriptionEvent.create({
    data: {
      tenantId: ctx.tenantId,
      id: await nextEventId(tx, ctx.tenantId, at),
      subscriptionId: after.id,
      at,
      cause: causeOf(before, after),
      actor: describeActor(ctx.actor),
      statusBefore: before?.status ?? null,
      status: after.status,
      planIdBefore: before?.planId ?? null,
      planVersionBefore: before?.planVersion ?? null,
      cycleBefore: before?.billingCycle ?? null,
      planId: after.planId,
      planVersion: after.planVersion,
      billingCycle: after.billingCycle,
      currency: value.currency,
      monthlyBefore: valueBefore.cents,
      monthlyAfter: value.cents,
    },
  });
}
