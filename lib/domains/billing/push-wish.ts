import { recordAudit } from '@/lib/domains/audit';
import { Prisma, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { isDomainError } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import { convergeBilling, lockBilling } from './converge-billing';
import { returnCodes } from './discount/redeem-code';
import { wishToPush } from './discount/wished-discount';
import { gatewayOf } from './gateways/find-gateway';
import type { Push } from './gateways/port';
import { asRefusal } from './provider-refusal';
import { reopenQuote } from './quotes/reopen-quote';
import { readOffer } from './read-offer';
import type { SubscriptionRow } from './to-dto';
import { asksDiscount, columnsOfWish, wishOf, wishSchema } from './wish';

/** What is to be pushed; null when everything was. */
async function readPush(
  ctx: Ctx,
  id: string,
): Promise<{ row: SubscriptionRow; push: Push } | null> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const row = await tx.subscription.findUnique({ where: { tenantId_id: { tenantId, id } } });
    if (!row?.providerId || row.pushedRevision >= row.wishRevision) return null;
    const now = ctx.clock.now();
    const asks = asksDiscount(row, wishOf(row));
    const wish = wishToPush(row, wishOf(row), asks, now);
    const push: Push = {
      subscriptionId: id,
      providerId: row.providerId,
      revision: row.wishRevision,
      wish,
      offer: await readOffer(tx, wish.terms),
      nextOffer: wish.next ? await readOffer(tx, wish.next) : null,
      reason: row.cancelReason,
      now,
      asksDiscount: asks,
    };
    return { row, push };
  });
}

async function markPushed(ctx: Ctx, { id, wishRevision }: SubscriptionRow): Promise<void> {
  const { tenantId } = ctx;
  await withTenant(ctx, (tx) =>
    tx.subscription.updateMany({
      where: { tenantId, id, wishRevision, pushedRevision: { lt: wishRevision } },
      data: { pushedRevision: wishRevision, wishBefore: Prisma.DbNull },
    }),
  );
}

/**
 * Puts the wish of before in the place of one that was refused, as a new wish: some of its steps may have
 * been done and are to be undone. False when there is none, or somebody was faster.
 */
async function setBack(ctx: Ctx, row: SubscriptionRow, refusal: string): Promise<boolean> {
  const { tenantId } = ctx;
  const { id, wishRevision } = row;
  const before = wishSchema.nullable().parse(row.wishBefore);
  if (!before) return false;
  return withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const { count } = await tx.subscription.updateMany({
      where: { tenantId, id, wishRevision, pushedRevision: { lt: wishRevision } },
      data: {
        ...columnsOfWish(before),
        ...(before.end === 'none' ? { cancelReason: null } : {}),
        wishBefore: Prisma.DbNull,
        wishRevision: wishRevision + 1,
        updatedAt: ctx.clock.now(),
      },
    });
    if (count === 0) return false;
    await recordAudit(tx, ctx, {
      action: 'subscription.change_refused',
      object: { type: 'subscription', id },
      before: wishOf(row),
      after: { ...before, refusal },
    });
    const { discount } = wishOf(row);
    if (discount && asksDiscount(row, wishOf(row))) await returnCodes(tx, ctx, id, discount.key);
    await reopenQuote(tx, ctx, id, { planId: row.wishPlanId, planVersion: row.wishPlanVersion });
    await emit(tx, ctx, 'subscription.changed', {
      id: publicId('subscription', id),
      status: row.status,
      plan_id: row.planId,
    });
    return true;
  });
}

/** The wish that was set back; should that fail as well, the job that waits goes on with it. */
async function pushAgain(ctx: Ctx, id: string): Promise<void> {
  try {
    await pushWish(ctx, id);
  } catch (error) {
    log().warn({ err: error, subscription: id }, 'a wish that was set back isn’t pushed yet');
  }
}

/**
 * Makes at the provider what is wished of a subscription, and takes over what it then says. Done by the
 * request that asked, and by a job in case that request died: each step is keyed by the wish's
 * revision, so that both together have one effect.
 */
export async function pushWish(ctx: Ctx, id: string): Promise<void> {
  const found = await readPush(ctx, id);
  if (!found) return;
  const { row, push } = found;
  const gateway = gatewayOf(row);
  try {
    await gateway.push(push);
  } catch (error) {
    if (!gateway.isRefusal(error)) throw error;
    const refusal = asRefusal(error);
    log().warn({ err: error, subscription: id }, 'the provider refused a change');
    if (await setBack(ctx, row, refusal.code)) await pushAgain(ctx, id);
    // Nothing to go back to: what is wished and what is there stay apart, and show as drift.
    else await markPushed(ctx, row);
    throw refusal;
  }
  await convergeBilling(ctx);
  await markPushed(ctx, row);
}

/** For the job: a refusal has been written down, and nobody waits to be told. */
export async function pushInBackground(ctx: Ctx, id: string): Promise<void> {
  try {
    await pushWish(ctx, id);
  } catch (error) {
    const told =
      isDomainError(error) && ['payment_failed', 'provider_refused'].includes(error.code);
    if (!told) throw error;
  }
}
