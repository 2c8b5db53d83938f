import type { Tx } from '@/lib/infra/db';
import type { DisputeStatus, RefundStatus } from './schemas';

/** Refunds that took something or still may. */
const HOLDING: RefundStatus[] = ['requested', 'approved', 'sent', 'done'];
/** Disputes whose money the bank has. */
const AT_THE_BANK: DisputeStatus[] = ['needs_response', 'under_review', 'lost'];

type Paid = { tenantId: string; id: string; amountPaid: bigint };

/** Waits for, and holds until the transaction ends, the row of an invoice whose money is to be given out. */
export async function lockInvoice(tx: Tx, tenantId: string, id: string): Promise<void> {
  await tx.$executeRaw`SELECT FROM invoice WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
}

/**
 * What was paid on an invoice less what refunds gave back or may give back, and less what is disputed and not
 * won; in minor units, below 0 where more went than may. Exact while the invoice is locked.
 */
export async function moneyLeft(tx: Tx, { tenantId, id, amountPaid }: Paid): Promise<bigint> {
  const of = { tenantId, invoiceId: id };
  const refunds = await tx.refund.aggregate({
    where: { ...of, status: { in: HOLDING } },
    _sum: { amount: true },
  });
  const disputes = await tx.dispute.aggregate({
    where: { ...of, status: { in: AT_THE_BANK } },
    _sum: { amount: true },
  });
  return amountPaid - (refunds._sum.amount ?? 0n) - (disputes._sum.amount ?? 0n);
}
