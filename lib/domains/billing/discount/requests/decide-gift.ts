import type { Tx } from '@/lib/infra/db';
import { conflict, DomainError, notFound } from '@/lib/kernel/errors';
import { lockBilling } from '../../converge-billing';
import { mayChangeBilling } from '../../policy';
import type { OperatorInside } from '../../refunds/ask-refund';
import type { Discount } from '../schemas';
import { type GiftRow, wishGift } from './ask-gift';
import type { PreparedGift } from './prepare-gift';

/** The request as it waits, the tenant's billing held, so that of two operators one decides. Throws `not_found`, 409 `discount_decided`. */
async function lockedRequest(tx: Tx, ctx: OperatorInside, id: string): Promise<GiftRow> {
  mayChangeBilling(ctx);
  const { tenantId } = ctx;
  await lockBilling(tx, tenantId);
  const row = await tx.discountRequest.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (!row) throw notFound('discount');
  requireWaiting(row);
  return row;
}

/** Throws 409 `discount_decided`. */
function requireWaiting({ status }: GiftRow): void {
  if (status === 'requested') return;
  throw conflict(
    'discount_decided',
    `Somebody ${status} this discount already. Load the page again to see how it stands.`,
    { discount_status: status },
  );
}

/** Throws 409 `discount_decided`, 403 `second_operator_needed` for the one who asked. */
export function requireSecond(row: GiftRow, ctx: OperatorInside): void {
  requireWaiting(row);
  if (row.requestedBy !== ctx.actor.operatorId) return;
  throw new DomainError(
    'forbidden',
    'second_operator_needed',
    'You asked for this discount yourself, and it takes off enough to need a second operator. Ask a colleague of finance or an administrator.',
  );
}

const decision = (ctx: OperatorInside) => ({
  decidedBy: ctx.actor.operatorId,
  decidedAt: ctx.clock.now(),
});

/**
 * Gives what a colleague asked for, in the operator's transaction; it counts once it is made true: `fulfilWish`. Throws
 * `not_found`, 409 `discount_decided`, 403 `second_operator_needed`, and what writing a wish throws.
 */
export async function approveGift(
  tx: Tx,
  ctx: OperatorInside,
  gift: PreparedGift,
  discount: Discount,
): Promise<GiftRow> {
  const row = await lockedRequest(tx, ctx, gift.id);
  requireSecond(row, ctx);
  await wishGift(tx, ctx, gift, discount, row.reason);
  return tx.discountRequest.update({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: row.id } },
    data: { status: 'approved', ...decision(ctx) },
  });
}

/** Refuses a discount that waits, or takes one's own back. Throws `not_found`, 409 `discount_decided`. */
export async function refuseGift(
  tx: Tx,
  ctx: OperatorInside,
  id: string,
  refusal: string,
): Promise<GiftRow> {
  const row = await lockedRequest(tx, ctx, id);
  return tx.discountRequest.update({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: row.id } },
    data: { status: 'refused', refusal, ...decision(ctx) },
  });
}
