import {
  approveGift,
  askGift,
  fulfilWish,
  isForOne,
  prepareGift,
  refuseGift,
  removeDiscount,
  requireSecond,
} from '@/lib/domains/billing';
import { giftTerms } from '@/lib/domains/billing/discount/schemas';
import { Prisma, type Tx, withSystem } from '@/lib/infra/db';
import { env } from '@/lib/infra/env';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict, notFound } from '@/lib/kernel/errors';
import { newId, parsePublicId, publicId } from '@/lib/kernel/ids';
import { ctxInside } from '../inside';
import { withOperator } from '../platform-audit';
import { presentDiscount, readDiscounts } from './read-discounts';
import type { AdminDiscount, DiscountGiftInput, DiscountRemovalInput } from './schemas';

type Row = Awaited<ReturnType<typeof askGift>>;

const looking = <T>(ctx: OperatorCtx, read: (tx: Tx) => Promise<T>) =>
  withSystem(`operator ${ctx.actor.operatorId}`, read);

/** The tenant's subscription that isn't over. Throws `not_found`, 409 `no_subscription`. */
async function findSubscription(ctx: OperatorCtx, id: string) {
  const tenantId = parsePublicId('tenant', id);
  if (!tenantId) throw notFound('tenant');
  const row = await looking(ctx, async (tx) => {
    const tenant = await tx.tenant.findFirst({ where: { id: tenantId }, select: { id: true } });
    if (!tenant) throw notFound('tenant');
    return tx.subscription.findFirst({
      where: { tenantId, status: { not: 'cancelled' } },
      select: { id: true },
    });
  });
  if (!row) {
    throw conflict('no_subscription', 'This tenant has no subscription that could be discounted.');
  }
  return { tenantId, id: row.id, publicId: publicId('subscription', row.id) };
}

const entryOf = (action: string, row: Row, reason: string) => ({
  action,
  object: { type: 'discount', id: row.id },
  aboutTenantId: row.tenantId,
  reason,
  after: {
    ...giftTerms.parse(row.terms),
    status: row.status,
    value: Number(row.value),
    currency: row.currency,
  },
});

async function shown(ctx: OperatorCtx, id: string): Promise<AdminDiscount> {
  const [row] = await looking(ctx, (tx) => readDiscounts(tx, Prisma.sql`d.id = ${id}::uuid`, 1));
  if (!row) throw notFound('discount');
  return presentDiscount(row);
}

/**
 * Gives a tenant a discount of its own, in place of the one it has: at once, or, where it takes off much within a year or everything for
 * ever, when a second operator has approved it. Our log says what was asked and why, the tenant's what was done. Throws
 * `forbidden`, `not_found`, 409 `no_subscription`, `discount_asked_already`, `discount_not_offered`, and what changing a subscription throws.
 */
export async function giveTenantDiscount(
  ctx: OperatorCtx,
  { id, gift: { reason, ...terms } }: DiscountGiftInput,
): Promise<AdminDiscount> {
  authoriseOperator(ctx, 'money:write');
  const subscription = await findSubscription(ctx, id);
  const inside = await ctxInside(ctx, subscription.tenantId);
  const secondFrom = env().discountSecondOperatorFrom;
  const gift = await prepareGift(inside, subscription.publicId, newId(), terms);
  // Made before it may be given, for no provider is asked within a transaction; what isn't given costs nothing.
  const alone = await looking(ctx, (tx) => isForOne(tx, inside, gift, secondFrom));
  const discount = alone ? await gift.make() : null;
  const row = await withOperator(ctx, async (tx) => {
    const asked = await askGift(tx, inside, gift, { reason, secondFrom, discount });
    return { result: asked, entry: entryOf('discount.giving_asked', asked, reason) };
  });
  if (row.status === 'approved') await fulfilWish(inside, subscription.id);
  return shown(ctx, row.id);
}

/** The request as it stands, and the operator's ctx in its tenant. Throws `not_found`. */
async function enter(ctx: OperatorCtx, discountId: string) {
  const id = parsePublicId('discountRequest', discountId);
  const row = id && (await looking(ctx, (tx) => tx.discountRequest.findFirst({ where: { id } })));
  if (!row) throw notFound('discount');
  return { row, inside: await ctxInside(ctx, row.tenantId) };
}

/**
 * Gives the discount that a colleague asked for. Throws `forbidden`, `not_found`, 403 `second_operator_needed` for the one who asked, 409
 * `discount_decided`, and what giving throws.
 */
export async function approveTenantDiscount(
  ctx: OperatorCtx,
  discountId: string,
): Promise<AdminDiscount> {
  authoriseOperator(ctx, 'money:write');
  const { row, inside } = await enter(ctx, discountId);
  // Looked at again in the transaction that decides; here so that nothing is made for who may not.
  requireSecond(row, inside);
  const subscriptionId = publicId('subscription', row.subscriptionId);
  const terms = giftTerms.parse(row.terms);
  const gift = await prepareGift(inside, subscriptionId, row.id, terms);
  const discount = await gift.make();
  await withOperator(ctx, async (tx) => {
    const approved = await approveGift(tx, inside, gift, discount);
    return { result: null, entry: entryOf('discount.approved', approved, approved.reason) };
  });
  await fulfilWish(inside, row.subscriptionId);
  return shown(ctx, row.id);
}

/** Refuses a discount that waits, or takes one's own back. Throws `forbidden`, `not_found`, 409 `discount_decided`. */
export async function refuseTenantDiscount(
  ctx: OperatorCtx,
  discountId: string,
  reason: string,
): Promise<AdminDiscount> {
  authoriseOperator(ctx, 'money:write');
  const { row, inside } = await enter(ctx, discountId);
  await withOperator(ctx, async (tx) => {
    const refused = await refuseGift(tx, inside, row.id, reason);
    return { result: null, entry: entryOf('discount.refused', refused, reason) };
  });
  return shown(ctx, row.id);
}

/** Takes a tenant's discount away, written down the same way. Throws as giving does, and 409 `no_discount`. */
export async function removeTenantDiscount(
  ctx: OperatorCtx,
  { id, reason }: DiscountRemovalInput,
): Promise<void> {
  authoriseOperator(ctx, 'money:write');
  const subscription = await findSubscription(ctx, id);
  await withOperator(ctx, async () => ({
    result: null,
    entry: {
      action: 'discount.removal_asked',
      object: { type: 'subscription', id: subscription.id },
      aboutTenantId: subscription.tenantId,
      reason,
    },
  }));
  const inside = await ctxInside(ctx, subscription.tenantId);
  await removeDiscount(inside, subscription.publicId, reason);
}
