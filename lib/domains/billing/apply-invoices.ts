import { recordAudit } from '@/lib/domains/audit';
import { readPrices } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId, publicId } from '@/lib/kernel/ids';
import type { DriftBook } from './drift/drift-book';
import { invoiceDriftOf, type PlanPrices } from './drift/invoice-drift';
import type { InvoiceLineFacts } from './invoice-lines';
import { type InvoiceRow, issueInvoice, readLine, WITH_LINES } from './invoice-store';
import { sendReceipt } from './mails/send-receipt';
import { findProration } from './proration-basis';
import type { ProviderInvoice, ProviderState } from './provider-state';
import { readBuyer } from './read-buyer';
import { differs } from './row-differs';

const actions = {
  open: 'invoice.issued',
  paid: 'invoice.paid',
  uncollectible: 'invoice.written_off',
  void: 'invoice.voided',
} as const;

/** What may still change of a final invoice. Its page's address, which the provider may give anew, says nothing. */
function paymentOf({ status, amountPaid, amountDue, paidAt }: ProviderInvoice) {
  return { status: status as string, amountPaid, amountDue, paidAt };
}

/**
 * Lines kept here from which parts on these invoices were worked out: those that are given back, and whole periods that
 * end as a part does. They may be of any age, so they are looked for, and not only among what was read.
 */
async function readBilled(
  tx: Tx,
  tenantId: string,
  invoices: readonly ProviderInvoice[],
): Promise<InvoiceLineFacts[]> {
  const lines = invoices.flatMap((invoice) => invoice.lines);
  const credited = lines.flatMap(({ credits }) => credits);
  const ends = lines.flatMap(({ kind, periodEnd }) =>
    kind === 'remaining_time' ? [periodEnd] : [],
  );
  if (credited.length + ends.length === 0) return [];
  const rows = await tx.invoiceLine.findMany({
    where: {
      tenantId,
      OR: [{ providerId: { in: credited } }, { kind: 'period', periodEnd: { in: ends } }],
    },
  });
  return rows.map(readLine);
}

/** The invoice's lines, with the basis of those that are parts of something. */
function explained(
  invoice: ProviderInvoice,
  earlier: readonly InvoiceLineFacts[],
  prices: PlanPrices,
): InvoiceLineFacts[] {
  return invoice.lines.map((line) => {
    const known = [...earlier, ...invoice.lines];
    const { credits: _, ...facts } = line;
    const proration =
      line.proration ?? findProration(line, known, prices.get(line.itemKey ?? '') ?? []);
    return { ...facts, proration };
  });
}

/**
 * Writes what the provider's invoices (newest first) say: one that isn't known is issued here, with a number of
 * ours; of a known one only its payment is followed. What else differs is kept as drift. Returns whether
 * anything changed.
 */
export async function applyInvoices(
  tx: Tx,
  ctx: Ctx,
  { gateway, invoices }: Pick<ProviderState, 'gateway' | 'invoices'>,
  ownIds: ReadonlyMap<string, string>,
  drift: DriftBook,
): Promise<boolean> {
  if (invoices.length === 0) return false;
  const { tenantId } = ctx;
  const rows = await tx.invoice.findMany({
    where: { tenantId, providerId: { in: invoices.map(({ providerId }) => providerId) } },
    include: WITH_LINES,
  });
  const known = new Map(rows.map((row) => [row.providerId, row]));
  const items = [...rows, ...invoices].flatMap(({ lines }) =>
    lines.flatMap(({ itemKey }) => itemKey ?? []),
  );
  const prices = await readPrices(tx, tenantId, [...new Set(items)]);
  const earlier = await readBilled(
    tx,
    tenantId,
    invoices.filter(({ providerId }) => !known.has(providerId)),
  );
  let changed = false;
  // Lists go by id, and the provider tells time in seconds: ids follow its order, oldest first. So do numbers,
  // whose series are locked in the order of their years.
  let idTime = ctx.clock.now().getTime();
  for (const invoice of [...invoices].reverse()) {
    const before = known.get(invoice.providerId) ?? null;
    if (before) {
      changed = (await followPayment(tx, ctx, before, invoice)) || changed;
      await drift.keep({ invoiceId: before.id }, invoiceDriftOf(before, invoice, prices));
      continue;
    }
    changed = true;
    idTime += 1;
    const { subscriptionProviderId, status, lines: _, ...facts } = invoice;
    const lines = explained(invoice, earlier, prices);
    const subscriptionId = ownIds.get(subscriptionProviderId ?? '') ?? null;
    const buyer = invoice.buyer ?? (await readBuyer(tx, tenantId));
    const written = { ...facts, buyer, subscriptionId, gateway };
    const after = await issueInvoice(tx, ctx, newId(idTime), status, written, lines);
    earlier.push(...lines);
    await tellOfInvoice(tx, ctx, null, after);
    await drift.keep({ invoiceId: after.id }, invoiceDriftOf(after, invoice, prices));
  }
  return changed;
}

async function followPayment(
  tx: Tx,
  ctx: Ctx,
  before: InvoiceRow,
  invoice: ProviderInvoice,
): Promise<boolean> {
  const { tenantId, id } = before;
  const payment = paymentOf(invoice);
  if (!differs(before, payment)) return false;
  const after = await tx.invoice.update({
    where: { tenantId_id: { tenantId, id } },
    data: { ...payment, hostedUrl: invoice.hostedUrl, updatedAt: ctx.clock.now() },
    include: WITH_LINES,
  });
  await tellOfInvoice(tx, ctx, before, after);
  return true;
}

function describe(row: InvoiceRow) {
  return {
    status: row.status,
    number: row.number,
    total: Number(row.total),
    amount_paid: Number(row.amountPaid),
    amount_due: Number(row.amountDue),
    currency: row.currency,
  };
}

async function tellOfInvoice(
  tx: Tx,
  ctx: Ctx,
  before: InvoiceRow | null,
  after: InvoiceRow,
): Promise<void> {
  const { id, status } = after;
  const moved = before?.status !== status;
  await recordAudit(tx, ctx, {
    action: moved ? actions[status as keyof typeof actions] : 'invoice.updated',
    object: { type: 'invoice', id },
    ...(before ? { before: describe(before) } : {}),
    after: describe(after),
  });
  if (moved && status === 'paid') await sendReceipt(tx, after);
  await emit(tx, ctx, 'invoice.changed', { id: publicId('invoice', id), status });
}
