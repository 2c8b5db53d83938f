import { recordAudit } from '@/lib/domains/audit';
import { queueMail } from '@/lib/domains/identity';
import { dashboardUrl } from '@/lib/domains/tenancy';
import type { Prisma, Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId, publicId } from '@/lib/kernel/ids';
import { type InvoiceRow, readLine, WITH_LINES } from '../invoice-store';
import { writeMoney } from '../pdf/paper-words';
import { contactOf } from '../mails/payers';
import type { RefundRow } from './ask-refund';
import { noteLineSchema } from './schemas';
import { type NoteParts, shareLines } from './share-lines';

/** What earlier notes of the invoice have of it. */
async function creditedBefore(tx: Tx, { tenantId, id }: InvoiceRow): Promise<NoteParts[]> {
  const notes = await tx.creditNote.findMany({
    where: { tenantId, invoiceId: id, voidedAt: null },
    select: { tax: true, lines: true },
  });
  return notes.map(({ tax, lines }) => ({
    tax: Number(tax),
    lines: noteLineSchema.array().parse(lines),
  }));
}

async function tellBuyer(tx: Tx, invoice: InvoiceRow, refund: RefundRow, number: string) {
  const to = await contactOf(tx, invoice);
  if (!to) return;
  const { tenantId } = refund;
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  await queueMail(tx, tenantId, {
    template: 'refund_done',
    to,
    link: `${dashboardUrl(tenant.slug)}/billing/invoices/${publicId('invoice', invoice.id)}`,
    tenantName: tenant.name,
    amount: writeMoney(Number(refund.amount), refund.currency),
    invoice: invoice.number ?? '',
    creditNote: number,
  });
}

/**
 * Documents a refund that was done, in its transaction: numbered by the database, with its share of the invoice's
 * lines and tax, and told to whom the invoice is made out. The number's lock is held until the transaction ends.
 */
export async function issueCreditNote(tx: Tx, ctx: Ctx, refund: RefundRow): Promise<void> {
  const { tenantId, invoiceId } = refund;
  const invoice = await tx.invoice.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: invoiceId } },
    include: WITH_LINES,
  });
  const now = ctx.clock.now();
  const shared = {
    total: Number(invoice.total),
    tax: Number(invoice.tax),
    lines: invoice.lines.map(readLine),
  };
  const { tax, lines } = shareLines(
    shared,
    await creditedBefore(tx, invoice),
    Number(refund.amount),
  );
  const note = await tx.creditNote.create({
    data: {
      tenantId,
      id: newId(now.getTime()),
      invoiceId,
      refundId: refund.id,
      currency: refund.currency,
      amount: refund.amount,
      tax: BigInt(tax),
      lines,
      reason: refund.reason,
      ...(invoice.seller ? { seller: invoice.seller as Prisma.InputJsonObject } : {}),
      ...(invoice.buyer ? { buyer: invoice.buyer as Prisma.InputJsonObject } : {}),
      issuedAt: now,
    },
  });
  await recordAudit(tx, ctx, {
    action: 'credit_note.issued',
    object: { type: 'credit_note', id: note.id },
    after: { number: note.number, amount: Number(note.amount), currency: note.currency },
  });
  await tellBuyer(tx, invoice, refund, note.number);
}

/** The money didn't arrive after all: the note stays, and says so. */
export async function voidCreditNote(tx: Tx, ctx: Ctx, refund: RefundRow): Promise<void> {
  const { tenantId } = refund;
  const [note] = await tx.creditNote.updateManyAndReturn({
    where: { tenantId, refundId: refund.id, voidedAt: null },
    data: { voidedAt: ctx.clock.now() },
  });
  if (!note) return;
  await recordAudit(tx, ctx, {
    action: 'credit_note.voided',
    object: { type: 'credit_note', id: note.id },
    after: { number: note.number },
  });
}
