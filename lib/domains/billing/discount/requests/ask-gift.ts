import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { lockBilling } from '../../converge-billing';
import { mayChangeBilling } from '../../policy';
import type { OperatorInside } from '../../refunds/ask-refund';
import { wishToChange, writeWish } from '../../write-wish';
import { describeDiscount } from '../describe-discount';
import type { Discount } from '../schemas';
import type { PreparedGift } from './prepare-gift';
import { mayGiveAlone } from './weigh-gift';

export type GiftRow = NonNullable<Awaited<ReturnType<Tx['discountRequest']['findFirst']>>>;

/** What was given alone counts so long, in ms. */
const YEAR_MS = 365 * 86_400_000;

/** What operators gave a subscription alone within a year, in minor units. */
async function giftsLetGoAlone(tx: Tx, ctx: Ctx, subscriptionId: string): Promise<bigint> {
  const { _sum } = await tx.discountRequest.aggregate({
    where: {
      tenantId: ctx.tenantId,
      subscriptionId,
      status: 'approved',
      requestedBy: { equals: tx.discountRequest.fields.decidedBy },
      decidedAt: { gt: new Date(ctx.clock.now().getTime() - YEAR_MS) },
    },
    _sum: { value: true },
  });
  return _sum.value ?? 0n;
}

/** Whether one operator may give it alone; exact while the tenant's billing is held. `secondFrom` in minor units. */
export async function isForOne(
  tx: Tx,
  ctx: Ctx,
  { terms, value, subscription }: PreparedGift,
  secondFrom: number,
): Promise<boolean> {
  const letGoAlone = await giftsLetGoAlone(tx, ctx, subscription.id);
  return mayGiveAlone(terms, { value, letGoAlone, secondFrom });
}

/** Has a gift wished of the subscription, in the caller's transaction; the tenant's log says who and why. Throws what writing a wish throws. */
export async function wishGift(
  tx: Tx,
  ctx: OperatorInside,
  { subscription }: PreparedGift,
  discount: Discount,
  reason: string,
): Promise<void> {
  const before = wishToChange(subscription);
  await writeWish(tx, ctx, subscription, {
    command: 'set_discount',
    wish: { ...before, discount },
    audit: {
      action: 'subscription.discount_given',
      before: { discount: describeDiscount(before.discount) },
      after: { discount: describeDiscount(discount), reason },
    },
  });
}

async function requireNoneWaiting(tx: Tx, ctx: OperatorInside, id: string): Promise<void> {
  const waiting = await tx.discountRequest.count({
    where: { tenantId: ctx.tenantId, subscriptionId: id, status: 'requested' },
  });
  if (waiting > 0) {
    throw conflict(
      'discount_asked_already',
      'A discount for this subscription waits for a second operator already. Decide that one first.',
    );
  }
}

/**
 * Writes down that a subscription is to have a gift, in the operator's transaction: given at once, where `discount` was made and one operator may
 * give it alone, else waiting for a second one. What is given counts once it is made true: `fulfilWish`. Throws `forbidden`,
 * 409 `discount_asked_already`, and what writing a wish throws.
 */
export async function askGift(
  tx: Tx,
  ctx: OperatorInside,
  gift: PreparedGift,
  asked: { reason: string; secondFrom: number; discount: Discount | null },
): Promise<GiftRow> {
  mayChangeBilling(ctx);
  const { tenantId } = ctx;
  const { operatorId } = ctx.actor;
  const { id, terms, value, currency, subscription } = gift;
  await lockBilling(tx, tenantId);
  await requireNoneWaiting(tx, ctx, subscription.id);
  const now = ctx.clock.now();
  const alone = asked.discount !== null && (await isForOne(tx, ctx, gift, asked.secondFrom));
  const row = await tx.discountRequest.create({
    data: {
      tenantId,
      id,
      subscriptionId: subscription.id,
      terms,
      value,
      currency,
      reason: asked.reason,
      status: alone ? 'approved' : 'requested',
      requestedBy: operatorId,
      requestedAt: now,
      ...(alone ? { decidedBy: operatorId, decidedAt: now } : {}),
    },
  });
  if (alone && asked.discount) await wishGift(tx, ctx, gift, asked.discount, asked.reason);
  return row;
}
