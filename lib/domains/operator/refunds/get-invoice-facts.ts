import { letGoAlone, moneyLeft } from '@/lib/domains/billing';
import { Prisma, withSystem } from '@/lib/infra/db';
import { env } from '@/lib/infra/env';
import { authoriseOperator, type Ctx, type OperatorCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import { type Money, money } from '@/lib/kernel/money';
import { ctxInside } from '../inside';
import { withOperator } from '../platform-audit';
import { presentInvoice, readInvoices } from './list-invoices';
import { presentRefund, readRefunds } from './read-refunds';
import type { AdminInvoice, AdminRefund } from './schemas';

export type InvoiceFacts = {
  invoice: AdminInvoice;
  /** Newest first. */
  refunds: AdminRefund[];
  /** What can be given back. */
  left: Money;
  /** From this amount on a second operator is needed; 0: for any. */
  secondFrom: Money;
  /** The operator's own ctx in the tenant, for the tenant's verbs. */
  inside: Ctx;
};

/** Whose an invoice is: read before the act, for a tenant's time isn't asked for within a transaction. */
async function ownerOf({ actor }: OperatorCtx, id: string): Promise<string> {
  const found = await withSystem(`operator ${actor.operatorId}`, (tx) =>
    tx.invoice.findFirst({ where: { id, status: { not: 'draft' } }, select: { tenantId: true } }),
  );
  if (!found) throw notFound('invoice');
  return found.tenantId;
}

/**
 * Opens an invoice for an operator to look at; the tenant's own audit log sees that. Throws `forbidden`,
 * `not_found`.
 */
export async function getInvoiceFacts(ctx: OperatorCtx, invoiceId: string): Promise<InvoiceFacts> {
  authoriseOperator(ctx, 'platform:read');
  const id = parsePublicId('invoice', invoiceId);
  if (!id) throw notFound('invoice');
  const tenantId = await ownerOf(ctx, id);
  const inside = await ctxInside(ctx, tenantId);
  return withOperator(ctx, async (tx) => {
    const [row] = await readInvoices(tx, Prisma.sql`i.id = ${id}::uuid`, 1);
    if (!row) throw notFound('invoice');
    const { currency, amount_paid: amountPaid } = row;
    const left = Number(await moneyLeft(tx, { tenantId, id, amountPaid }));
    const alone = Number(await letGoAlone(tx, tenantId, id));
    const refunds = await readRefunds(tx, Prisma.sql`r.invoice_id = ${id}::uuid`, 100);
    return {
      result: {
        invoice: presentInvoice(row),
        refunds: refunds.map(presentRefund),
        left: money(Math.max(0, left), currency),
        secondFrom: money(Math.max(0, env().refundSecondOperatorFrom - alone), currency),
        inside,
      },
      entry: {
        action: 'invoice.viewed',
        object: { type: 'invoice', id },
        aboutTenantId: tenantId,
        inside,
      },
    };
  });
}
