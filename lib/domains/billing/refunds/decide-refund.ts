import { recordAudit } from '@/lib/domains/audit';
import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { conflict, DomainError, notFound } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import { describeRefund, type OperatorInside, queueRefund, type RefundRow } from './ask-refund';
import { lockInvoice, moneyLeft } from './money-left';

const decidedWords: Record<string, string> = {
  refused: 'Somebody refused this refund already.',
  approved: 'Somebody approved this refund already; it is on its way.',
  sent: 'Somebody approved this refund already; it is on its way.',
  done: 'Somebody approved this refund already, and it was paid back.',
  failed: 'This refund was approved and failed at the payment provider.',
};

/**
 * The refund as it waits for a decision, its invoice locked, so that of two operators one decides. Throws
 * `not_found`, 409 `refund_decided`.
 */
async function lockedRequest(tx: Tx, tenantId: string, id: string): Promise<RefundRow> {
  const where = { tenantId_id: { tenantId, id } };
  const found = await tx.refund.findUnique({ where, select: { invoiceId: true } });
  if (!found) throw notFound('refund');
  await lockInvoice(tx, tenantId, found.invoiceId);
  const row = await tx.refund.findUniqueOrThrow({ where });
  if (row.status === 'requested') return row;
  throw conflict(
    'refund_decided',
    `${decidedWords[row.status]} Load the page again to see how it stands.`,
    { refund_status: row.status },
  );
}

async function decide(
  tx: Tx,
  ctx: OperatorInside,
  row: RefundRow,
  outcome: { status: 'approved' } | { status: 'refused'; refusal: string },
): Promise<RefundRow> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const after = await tx.refund.update({
    where: { tenantId_id: { tenantId, id: row.id } },
    data: {
      ...outcome,
      decidedBy: ctx.actor.operatorId,
      decidedAt: now,
      ...(outcome.status === 'refused' ? { settledAt: now } : {}),
      updatedAt: now,
    },
  });
  await recordAudit(tx, ctx, {
    action: `refund.${outcome.status}`,
    object: { type: 'refund', id: row.id },
    before: { status: row.status },
    after: describeRefund(after),
  });
  await emit(tx, ctx, 'refund.changed', { id: publicId('refund', row.id), status: after.status });
  return after;
}

/**
 * Lets a refund go that waits for a second operator, in the operator's transaction. Throws `not_found`, 409
 * `refund_decided`, `nothing_to_refund`, 403 `second_operator_needed` for the one who asked.
 */
export async function approveRefundRow(
  tx: Tx,
  ctx: OperatorInside,
  id: string,
): Promise<RefundRow> {
  const row = await lockedRequest(tx, ctx.tenantId, id);
  if (row.requestedBy === ctx.actor.operatorId) {
    throw new DomainError(
      'forbidden',
      'second_operator_needed',
      'You asked for this refund yourself, and it is large enough to need a second operator. Ask a colleague of finance or an administrator.',
    );
  }
  const { tenantId, invoiceId } = row;
  const invoice = await tx.invoice.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: invoiceId } },
  });
  // It holds its own amount already, so that below 0 means that a dispute or the provider took it meanwhile.
  if ((await moneyLeft(tx, invoice)) < 0n) {
    throw conflict(
      'nothing_to_refund',
      'Meanwhile the money was disputed or paid back at the provider. Refuse this refund, and ask for what is left.',
    );
  }
  const after = await decide(tx, ctx, row, { status: 'approved' });
  await queueRefund(tx, ctx, id);
  return after;
}

/** Refuses a refund that waits, or takes one's own back. Throws `not_found`, 409 `refund_decided`. */
export async function refuseRefundRow(
  tx: Tx,
  ctx: OperatorInside,
  id: string,
  refusal: string,
): Promise<RefundRow> {
  const row = await lockedRequest(tx, ctx.tenantId, id);
  return decide(tx, ctx, row, { status: 'refused', refusal });
}
