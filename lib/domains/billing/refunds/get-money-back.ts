import { type Prisma, type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { type Money, money } from '@/lib/kernel/money';
import { readInvoice } from '../list-invoices';
import { mayReadBilling } from '../policy';
import {
  type CreditNoteDto,
  type DisputeDto,
  disputeStatusSchema,
  type MoneyBack,
  noteLineSchema,
  type RefundDto,
} from './schemas';

export type CreditNoteRow = NonNullable<Awaited<ReturnType<Tx['creditNote']['findFirst']>>>;
type DisputeRow = NonNullable<Awaited<ReturnType<Tx['dispute']['findFirst']>>>;
const WITH_NOTE = { creditNote: { select: { id: true } } } as const satisfies Prisma.RefundInclude;
type RefundRow = Prisma.RefundGetPayload<{ include: typeof WITH_NOTE }>;

const words: Record<string, RefundDto['status']> = {
  approved: 'pending',
  sent: 'pending',
  done: 'succeeded',
  failed: 'failed',
};

const cents = (amount: bigint, currency: string): Money => money(Number(amount), currency);

function toRefundDto(row: RefundRow): RefundDto {
  return {
    id: publicId('refund', row.id),
    amount: cents(row.amount, row.currency),
    status: words[row.status] ?? 'pending',
    reason: row.reason,
    credit_note_id: row.creditNote && publicId('creditNote', row.creditNote.id),
    created_at: (row.decidedAt ?? row.requestedAt).toISOString(),
  };
}

export function toCreditNoteDto(row: CreditNoteRow): CreditNoteDto {
  const { currency } = row;
  return {
    id: publicId('creditNote', row.id),
    number: row.number,
    invoice_id: publicId('invoice', row.invoiceId),
    refund_id: publicId('refund', row.refundId),
    status: row.voidedAt ? 'void' : 'issued',
    amount: cents(row.amount, currency),
    tax: cents(row.tax, currency),
    lines: noteLineSchema
      .array()
      .parse(row.lines)
      .map((line) => ({ ...line, amount: money(line.amount, currency) })),
    reason: row.reason,
    issued_at: row.issuedAt.toISOString(),
  };
}

function toDisputeDto(row: DisputeRow): DisputeDto {
  return {
    id: publicId('dispute', row.id),
    amount: cents(row.amount, row.currency),
    status: disputeStatusSchema.parse(row.status),
    reason: row.reason,
    respond_by: row.respondBy?.toISOString() ?? null,
    opened_at: row.openedAt.toISOString(),
    closed_at: row.closedAt?.toISOString() ?? null,
  };
}

/**
 * What came of an invoice's money after it was paid: refunds from when they were approved, credit notes, disputes;
 * newest first. Throws not_found, also for another tenant's.
 */
export async function getMoneyBack(ctx: Ctx, invoiceId: string): Promise<MoneyBack> {
  mayReadBilling(ctx);
  const invoice = await readInvoice(ctx, invoiceId);
  const { tenantId } = ctx;
  const where = { tenantId, invoiceId: invoice.id };
  return withTenant(ctx, async (tx) => {
    const refunds = await tx.refund.findMany({
      // One that the provider never took is between operators and the provider.
      where: {
        ...where,
        OR: [
          { status: { in: ['approved', 'sent', 'done'] } },
          { status: 'failed', providerId: { not: null } },
        ],
      },
      include: WITH_NOTE,
      orderBy: { id: 'desc' },
    });
    const notes = await tx.creditNote.findMany({ where, orderBy: { id: 'desc' } });
    const disputes = await tx.dispute.findMany({ where, orderBy: { id: 'desc' } });
    const done = refunds.reduce(
      (sum, { status, amount }) => sum + (status === 'done' ? amount : 0n),
      0n,
    );
    return {
      amount_refunded: cents(done, invoice.currency),
      refunds: refunds.map(toRefundDto),
      credit_notes: notes.map(toCreditNoteDto),
      disputes: disputes.map(toDisputeDto),
    };
  });
}
