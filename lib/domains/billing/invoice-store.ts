import { Prisma, type Tx } from '@/lib/infra/db';
import { env } from '@/lib/infra/env';
import type { Ctx } from '@/lib/kernel/ctx';
import { type InvoiceLineFacts, prorationSchema, usageBasisSchema } from './invoice-lines';
import type { InvoiceBuyer } from './invoice-parties';
import { issuedFor } from './issued-for';
import { sellerOf } from './seller';
import { type InvoiceStatus, lineKindSchema } from './schemas';

/** What every reader of an invoice needs with it. */
export const WITH_LINES = {
  lines: { orderBy: { position: 'asc' } },
} as const satisfies Prisma.InvoiceInclude;

export type InvoiceRow = Prisma.InvoiceGetPayload<{ include: typeof WITH_LINES }>;
type LineRow = InvoiceRow['lines'][number];

/** An invoice to be issued; amounts in minor units of `currency`. */
export type NewInvoice = {
  subscriptionId: string | null;
  currency: string;
  subtotal: bigint;
  discount: bigint;
  tax: bigint;
  total: bigint;
  balanceApplied: bigint;
  amountPaid: bigint;
  amountDue: bigint;
  buyer: InvoiceBuyer;
  gateway: string;
  providerId: string | null;
  providerNumber: string | null;
  hostedUrl: string | null;
  issuedAt: Date | null;
  dueAt: Date | null;
  paidAt: Date | null;
  createdAt: Date;
};

const json = (value: object | null) => value ?? Prisma.DbNull;

function lineColumns(line: InvoiceLineFacts) {
  return {
    kind: line.kind,
    itemKey: line.itemKey,
    description: line.description,
    quantity: line.quantity === null ? null : BigInt(line.quantity),
    unitAmount: line.unitAmount,
    amount: BigInt(line.amount),
    discount: BigInt(line.discount),
    tax: BigInt(line.tax),
    periodStart: line.periodStart,
    periodEnd: line.periodEnd,
    proration: json(line.proration),
    usage: json(line.usage),
    providerId: line.providerId,
  };
}

/**
 * Writes an invoice with its lines and makes it final, which gives it its number. The number's lock is held until
 * the transaction ends: issue last what can be issued last.
 */
export async function issueInvoice(
  tx: Tx,
  ctx: Ctx,
  id: string,
  status: InvoiceStatus,
  invoice: NewInvoice,
  lines: readonly InvoiceLineFacts[],
): Promise<InvoiceRow> {
  const { tenantId } = ctx;
  const updatedAt = ctx.clock.now();
  const period = issuedFor(lines);
  await tx.invoice.create({
    data: {
      tenantId,
      id,
      status: 'draft',
      ...invoice,
      periodStart: period?.start ?? null,
      periodEnd: period?.end ?? null,
      seller: sellerOf(env()),
      updatedAt,
    },
  });
  await tx.invoiceLine.createMany({
    data: lines.map((line, position) => ({
      tenantId,
      invoiceId: id,
      position,
      ...lineColumns(line),
    })),
  });
  return tx.invoice.update({
    where: { tenantId_id: { tenantId, id } },
    data: { status, issuedAt: invoice.issuedAt ?? updatedAt },
    include: WITH_LINES,
  });
}

/** A line's row as facts. */
export function readLine(row: LineRow): InvoiceLineFacts {
  return {
    kind: lineKindSchema.parse(row.kind),
    itemKey: row.itemKey,
    description: row.description,
    quantity: row.quantity === null ? null : Number(row.quantity),
    unitAmount: row.unitAmount?.toString() ?? null,
    amount: Number(row.amount),
    discount: Number(row.discount),
    tax: Number(row.tax),
    periodStart: row.periodStart,
    periodEnd: row.periodEnd,
    proration: prorationSchema.nullable().parse(row.proration),
    usage: usageBasisSchema.nullable().parse(row.usage),
    providerId: row.providerId,
  };
}
