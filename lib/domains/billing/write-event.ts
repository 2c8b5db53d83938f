import { describeActor } from '@/lib/domains/audit';
import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { idTime, newId } from '@/lib/kernel/ids';
import { sameDiscount } from './discount/schemas';
import { transitions } from './lifecycle';
import { monthlyValue } from './monthly-value';
import { readOffer } from './read-offer';
import type { SubscriptionRow } from './to-dto';
import { runningDiscount, sameTerms, termsOf } from './wish';

const offerOf = (tx: Tx, row: SubscriptionRow) => readOffer(tx, termsOf(row));

function causeOf(before: SubscriptionRow | null, after: SubscriptionRow): string {
  if (!before) return 'begun';
  if (before.status === after.status) {
    if (!sameTerms(termsOf(before), termsOf(after))) return 'terms changed';
    if (!before.discount) return 'discount begins';
    return after.discount ? 'discount changes' : 'discount ends';
  }
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

/** A moment that was told, kept within what is known: not after now, and not before what happened to it last. */
async function placed(
  tx: Tx,
  { tenantId, id }: SubscriptionRow,
  told: Date | null,
  now: Date,
): Promise<Date> {
  if (!told || told >= now) return now;
  const last = await tx.subscriptionEvent.findFirst({
    where: { tenantId, subscriptionId: id },
    orderBy: { id: 'desc' },
    select: { happenedAt: true },
  });
  const earliest = last && last.happenedAt > told ? last.happenedAt : told;
  // Another process may have written it whose clock is a little ahead.
  return earliest < now ? earliest : now;
}

/**
 * Adds to the subscription's history, in the transaction of the change, when its status, its terms or its
 * discount are others than before. `before` is null for a subscription's first event; `told` is when the provider says that it came
 * about. Answers that moment, and null where nothing was added.
 */
export async function writeEvent(
  tx: Tx,
  ctx: Ctx,
  before: SubscriptionRow | null,
  after: SubscriptionRow,
  told: Date | null = null,
): Promise<Date | null> {
  const same =
    before !== null &&
    before.status === after.status &&
    sameTerms(termsOf(before), termsOf(after)) &&
    sameDiscount(runningDiscount(before), runningDiscount(after));
  if (same) return null;
  const at = ctx.clock.now();
  const happenedAt = await placed(tx, after, told, at);
  const offer = await offerOf(tx, after);
  await tx.subscriptionEvent.create({
    data: {
      tenantId: ctx.tenantId,
      id: await nextEventId(tx, ctx.tenantId, at),
      subscriptionId: after.id,
      at,
      happenedAt,
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
      currency: offer.plan.currency,
      monthlyBefore: before ? monthlyValue(await offerOf(tx, before), before) : 0,
      monthlyAfter: monthlyValue(offer, after),
    },
  });
  return happenedAt;
}
