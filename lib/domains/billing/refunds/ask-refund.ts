import { recordAudit } from '@/lib/domains/audit';
import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx, OperatorCtx } from '@/lib/kernel/ctx';
import { conflict, invalidField, notFound } from '@/lib/kernel/errors';
import { newId, publicId } from '@/lib/kernel/ids';
import type { Money } from '@/lib/kernel/money';
import { refundContract } from '../job-contracts';
import { RECOVERY_MS } from '../leave-to-job';
import { writeMoney } from '../pdf/paper-words';
import { lockInvoice, moneyLeft } from './money-left';

export type RefundRow = NonNullable<Awaited<ReturnType<Tx['refund']['findFirst']>>>;

/** An operator's ctx within the tenant that is paid back. */
export type OperatorInside = Ctx & Pick<OperatorCtx, 'actor'>;

export type RefundWish = {
  /** A UUID that names the form it was asked by, if it was one: sent twice, it asks once. */
  requestKey: string | null;
  invoiceId: string;
  /** In minor units; null: all that is left. */
  amount: Money | null;
  reason: string;
};

/** What logs are told of a refund. */
export const describeRefund = (row: RefundRow) => ({
  status: row.status,
  amount: Number(row.amount),
  currency: row.currency,
  invoice: publicId('invoice', row.invoiceId),
});

async function lockedInvoice(tx: Tx, tenantId: string, id: string) {
  await lockInvoice(tx, tenantId, id);
  const row = await tx.invoice.findUnique({
    where: { tenantId_id: { tenantId, id }, status: { not: 'draft' } },
  });
  if (!row) throw notFound('invoice');
  if (row.providerId) return row;
  throw conflict(
    'not_at_provider',
    'No payment provider keeps this invoice, so none can give its money back. Pay it back by hand.',
  );
}

/** The amount that is meant, held to what is left. */
function checkedAmount(asked: Money | null, left: bigint, currency: string): bigint {
  if (left <= 0n) {
    throw conflict(
      'nothing_to_refund',
      'Nothing of this invoice is left to be paid back: it wasn’t paid, or refunds and disputes took all of it.',
    );
  }
  if (asked === null) return left;
  if (asked.currency !== currency) {
    const code = currency.toUpperCase();
    throw invalidField('amount.currency', 'currency_mismatch', `This invoice is in ${code}.`);
  }
  if (BigInt(asked.amount) <= left) return BigInt(asked.amount);
  const most = writeMoney(Number(left), currency);
  throw invalidField('amount', 'refund_too_large', `At most ${most} is left to be paid back.`);
}

/** What operators let go alone of an invoice, in minor units: so a large refund isn't cut in small ones. */
export async function letGoAlone(tx: Tx, tenantId: string, invoiceId: string): Promise<bigint> {
  const { _sum } = await tx.refund.aggregate({
    where: {
      tenantId,
      invoiceId,
      requestedBy: { equals: tx.refund.fields.decidedBy },
      status: { in: ['approved', 'sent', 'done'] },
    },
    _sum: { amount: true },
  });
  return _sum.amount ?? 0n;
}

/** Queues what sends a refund that was approved, should the request that approved it die. */
export async function queueRefund(tx: Tx, ctx: Ctx, refundId: string): Promise<void> {
  const { tenantId } = ctx;
  await enqueue(
    tx,
    refundContract,
    { tenantId, refundId },
    { afterMs: RECOVERY_MS, key: `refund:${refundId}` },
  );
}

/** The refund that the same form asked for before; null when it didn't. Exact while the invoice is locked. */
async function askedBefore(
  tx: Tx,
  tenantId: string,
  { requestKey, invoiceId, amount, reason }: RefundWish,
): Promise<RefundRow | null> {
  if (requestKey === null) return null;
  const where = { tenantId_requestKey: { tenantId, requestKey } };
  const row = await tx.refund.findUnique({ where });
  if (!row) return null;
  const same =
    row.invoiceId === invoiceId &&
    row.reason === reason &&
    (amount === null || BigInt(amount.amount) === row.amount);
  if (same) return row;
  throw conflict(
    'refund_asked_already',
    'This form asked for a refund already, and for another one. Load the page again to see it before you ask for more.',
  );
}

/**
 * Writes down that money of an invoice is to be given back, in the operator's transaction: approved at once, or
 * waiting for a second operator when it, with what was let go alone before, comes to `secondFrom` minor units. A
 * form that is sent again gets the refund that it asked for (`again`). Throws `not_found`, 409
 * `nothing_to_refund`, `not_at_provider`, `refund_asked_already`, 422 `refund_too_large`, `currency_mismatch`.
 */
export async function askRefund(
  tx: Tx,
  ctx: OperatorInside,
  wish: RefundWish,
  secondFrom: number,
): Promise<{ row: RefundRow; again: boolean }> {
  const { tenantId } = ctx;
  const { operatorId } = ctx.actor;
  const invoice = await lockedInvoice(tx, tenantId, wish.invoiceId);
  const before = await askedBefore(tx, tenantId, wish);
  if (before) return { row: before, again: true };
  const amount = checkedAmount(wish.amount, await moneyLeft(tx, invoice), invoice.currency);
  const alone = amount + (await letGoAlone(tx, tenantId, invoice.id)) < BigInt(secondFrom);
  const now = ctx.clock.now();
  const row = await tx.refund.create({
    data: {
      tenantId,
      id: newId(now.getTime()),
      invoiceId: invoice.id,
      amount,
      currency: invoice.currency,
      reason: wish.reason,
      status: alone ? 'approved' : 'requested',
      requestKey: wish.requestKey,
      requestedBy: operatorId,
      requestedAt: now,
      ...(alone ? { decidedBy: operatorId, decidedAt: now } : {}),
      updatedAt: now,
    },
  });
  await recordAudit(tx, ctx, {
    action: 'refund.requested',
    object: { type: 'refund', id: row.id },
    after: { ...describeRefund(row), reason: row.reason },
  });
  await emit(tx, ctx, 'refund.changed', { id: publicId('refund', row.id), status: row.status });
  if (alone) await queueRefund(tx, ctx, row.id);
  return { row, again: false };
}
