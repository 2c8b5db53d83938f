import { recordAudit } from '@/lib/domains/audit';
import type { Prisma, Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId, publicId } from '@/lib/kernel/ids';
import type { ProviderInvoice } from './provider-state';
import { differs } from './row-differs';
import type { InvoiceRow } from './to-dto';

const actions = {
  open: 'invoice.issued',
  paid: 'invoice.paid',
  uncollectible: 'invoice.written_off',
  void: 'invoice.voided',
} as const;

/** What an invoice says. Its page's address, which the provider may give anew, says nothing. */
function factsOf(invoice: ProviderInvoice, ownIds: ReadonlyMap<string, string>) {
  const { subscriptionProviderId, createdAt: _, hostedUrl: __, ...facts } = invoice;
  return { ...facts, subscriptionId: ownIds.get(subscriptionProviderId ?? '') ?? null };
}

/**
 * Writes what the provider's invoices (newest first) say; an invoice that already says it is left
 * alone. Returns whether anything changed.
 */
export async function applyInvoices(
  tx: Tx,
  ctx: Ctx,
  invoices: readonly ProviderInvoice[],
  ownIds: ReadonlyMap<string, string>,
): Promise<boolean> {
  const { tenantId } = ctx;
  const rows = await tx.invoice.findMany({
    where: { tenantId, providerId: { in: invoices.map(({ providerId }) => providerId) } },
  });
  const known = new Map(rows.map((row) => [row.providerId, row]));
  let changed = false;
  // Lists go by id, and the provider tells time in seconds: ids follow its order, oldest first.
  let idTime = ctx.clock.now().getTime();
  for (const invoice of [...invoices].reverse()) {
    const before = known.get(invoice.providerId) ?? null;
    const facts = factsOf(invoice, ownIds);
    if (before && !differs(before, facts)) continue;
    changed = true;
    idTime += 1;
    const { hostedUrl, createdAt } = invoice;
    const data = {
      ...facts,
      hostedUrl,
      lines: facts.lines as unknown as Prisma.InputJsonValue,
      updatedAt: ctx.clock.now(),
    };
    const id = before?.id ?? newId(idTime);
    const after = before
      ? await tx.invoice.update({ where: { tenantId_id: { tenantId, id } }, data })
      : await tx.invoice.create({ data: { tenantId, id, createdAt, ...data } });
    await tellOfInvoice(tx, ctx, before, after);
  }
  return changed;
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
  await emit(tx, ctx, 'invoice.changed', { id: publicId('invoice', id), status });
}
