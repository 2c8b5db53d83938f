import { queueMail } from '@/lib/domains/identity';
import type { Tx } from '@/lib/infra/db';
import { publicId } from '@/lib/kernel/ids';
import type { InvoiceRow } from '../invoice-store';
import { writeMoney } from '../pdf/paper-words';
import { aboutTenant, contactOf } from './payers';

/** More lines than this are read on the invoice itself. */
const MOST_LINES = 6;

function linesOf({ lines, currency }: InvoiceRow): string[] {
  const words = lines.map(
    ({ description, amount }) => `${description}: ${writeMoney(Number(amount), currency)}`,
  );
  if (words.length <= MOST_LINES) return words;
  const rest = words.length - MOST_LINES + 1;
  return [...words.slice(0, MOST_LINES - 1), `And ${rest} more lines.`];
}

/**
 * Thanks for the money of an invoice that became paid, in the transaction that writes so: it becomes so once. Where nothing
 * was paid, because it came to nothing or credit paid it, there is nothing to thank for.
 */
export async function sendReceipt(tx: Tx, invoice: InvoiceRow): Promise<void> {
  const { tenantId, id, number, currency } = invoice;
  if (invoice.amountPaid <= 0n || number === null) return;
  const about = await aboutTenant(tx, tenantId);
  const to = about && (await contactOf(tx, invoice));
  if (!about || !to) return;
  await queueMail(tx, tenantId, {
    template: 'receipt',
    to,
    link: `${about.billingUrl}/invoices/${publicId('invoice', id)}`,
    tenantName: about.tenantName,
    invoice: number,
    amount: writeMoney(Number(invoice.amountPaid), currency),
    paidAt: (invoice.paidAt ?? invoice.updatedAt).toISOString(),
    lines: linesOf(invoice),
  });
}
