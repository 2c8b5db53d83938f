import { dashboardUrl } from '@/lib/domains/tenancy';
import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import { money } from '@/lib/kernel/money';
import { convergeBilling } from './converge-billing';
import type { UnpaidInvoice } from './overview/schemas';
import { writeMoney } from './pdf/paper-words';

/** The oldest invoice that a tenant owes; one that was written off isn't asked for any more. */
export async function findUnpaid(tx: Tx, { tenantId }: Ctx): Promise<UnpaidInvoice | null> {
  const row = await tx.invoice.findFirst({
    where: { tenantId, status: 'open', amountPaid: { lt: tx.invoice.fields.amountDue } },
    orderBy: [{ issuedAt: 'asc' }, { id: 'asc' }],
  });
  if (!row?.number) return null;
  const { slug } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const id = publicId('invoice', row.id);
  return {
    id,
    number: row.number,
    owed: money(Number(row.amountDue - row.amountPaid), row.currency),
    pay_url: row.hostedUrl ?? `${dashboardUrl(slug)}/billing/invoices/${id}`,
  };
}

/** Throws 409 `invoice_unpaid` with the invoice and where it is paid: nobody begins anew with something unpaid. */
export async function requireNothingOwed(tx: Tx, ctx: Ctx): Promise<void> {
  const unpaid = await findUnpaid(tx, ctx);
  if (!unpaid) return;
  const { id, number, owed, pay_url } = unpaid;
  throw conflict(
    'invoice_unpaid',
    `Invoice ${number} of an earlier subscription isn’t paid: ${writeMoney(owed.amount, owed.currency)} is open. Pay it first; nothing was started.`,
    { invoice_id: id, invoice_number: number, pay_url },
  );
}

/** The same before anything is begun; the provider is asked first, where it may have been paid a moment ago. */
export async function requirePaidUp(ctx: Ctx): Promise<void> {
  if (!(await withTenant(ctx, (tx) => findUnpaid(tx, ctx)))) return;
  await convergeBilling(ctx);
  await withTenant(ctx, (tx) => requireNothingOwed(tx, ctx));
}
