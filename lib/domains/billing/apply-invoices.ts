import { recordAudit } from '@/lib/domains/audit';
import type { Prisma, Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId, publicId } from '@/lib/kernel/ids';
import type { ProviderInvoice } from './read-provider';

const actions = {
  open: 'invoice.issued',
  paid: 'invoice.paid',
  uncollectible: 'invoice.written_off',
  void: 'invoice.voided',
} as const;

/** Writes what the provider's invoices say; an invoice that already says it is left alone. */
export async function applyInvoices(
  tx: Tx,
  ctx: Ctx,
  invoices: readonly ProviderInvoice[],
  ownIds: ReadonlyMap<string, string>,
): Promise<boolean> {
  const { tenantId } = ctx;
  const rows = await tx.invoice.findMany({
    where: { tenantId },
    select: { id: true, providerId: true, status: true, amountPaid: true, subscriptionId: true },
  });
  const known = new Map(rows.map((row) => [row.providerId, row]));
  let changed = false;
  for (const invoice of [...invoices].reverse()) {
    const row = known.get(invoice.providerId);
    const subscriptionId = ownIds.get(invoice.subscriptionProviderId ?? '') ?? null;
    const same =
      row?.status === invoice.status &&
      row.amountPaid === invoice.amountPaid &&
      row.subscriptionId === subscriptionId;
    if (same) continue;
    changed = true;
    await writeInvoice(tx, ctx, { invoice, subscriptionId, id: row?.id ?? null });
    if (row?.status !== invoice.status) {
      await tellOfInvoice(tx, ctx, invoice, row?.status ?? null);
    }
  }
  return changed;
}

async function writeInvoice(
  tx: Tx,
  ctx: Ctx,
  {
    invoice,
    subscriptionId,
    id,
  }: { invoice: ProviderInvoice; subscriptionId: string | null; id: string | null },
): Promise<void> {
  const { tenantId } = ctx;
  const { subscriptionProviderId: _, createdAt, lines, ...fields } = invoice;
  const data = {
    ...fields,
    subscriptionId,
    lines: lines as unknown as Prisma.InputJsonValue,
    updatedAt: ctx.clock.now(),
  };
  if (id) {
    await tx.invoice.update({ where: { tenantId_id: { tenantId, id } }, data });
    return;
  }
  await tx.invoice.create({
    data: { tenantId, id: newId(createdAt.getTime()), createdAt, ...data },
  });
}

async function tellOfInvoice(
  tx: Tx,
  ctx: Ctx,
  invoice: ProviderInvoice,
  before: string | null,
): Promise<void> {
  const { tenantId } = ctx;
  const row = await tx.invoice.findUniqueOrThrow({
    where: { tenantId_providerId: { tenantId, providerId: invoice.providerId } },
    select: { id: true },
  });
  await recordAudit(tx, ctx, {
    action: actions[invoice.status],
    object: { type: 'invoice', id: row.id },
    ...(before ? { before: { status: before } } : {}),
    after: {
      status: invoice.status,
      number: invoice.number,
      total: Number(invoice.total),
      amount_paid: Number(invoice.amountPaid),
      currency: invoice.currency,
    },
  });
  await emit(tx, ctx, 'invoice.changed', {
    id: publicId('invoice', row.id),
    status: invoice.status,
  });
}
