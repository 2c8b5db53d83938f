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
  // Lists go by id, and the provider tells time in seconds: ids follow its order, oldest first.
  let idTime = ctx.clock.now().getTime();
  for (const invoice of [...invoices].reverse()) {
    const row = known.get(invoice.providerId);
    const subscriptionId = ownIds.get(invoice.subscriptionProviderId ?? '') ?? null;
    const same =
      row?.status === invoice.status &&
      row.amountPaid === invoice.amountPaid &&
      row.subscriptionId === subscriptionId;
    if (same) continue;
    changed = true;
    idTime += 1;
    const id = row?.id ?? newId(idTime);
    await writeInvoice(tx, ctx, { invoice, subscriptionId, id, isNew: !row });
    if (row?.status !== invoice.status) {
      await tellOfInvoice(tx, ctx, { invoice, id, before: row?.status ?? null });
    }
  }
  return changed;
}

type Written = {
  invoice: ProviderInvoice;
  subscriptionId: string | null;
  id: string;
  isNew: boolean;
};

async function writeInvoice(
  tx: Tx,
  ctx: Ctx,
  { invoice, subscriptionId, id, isNew }: Written,
): Promise<void> {
  const { tenantId } = ctx;
  const { subscriptionProviderId: _, createdAt, lines, ...fields } = invoice;
  const data = {
    ...fields,
    subscriptionId,
    lines: lines as unknown as Prisma.InputJsonValue,
    updatedAt: ctx.clock.now(),
  };
  if (isNew) await tx.invoice.create({ data: { tenantId, id, createdAt, ...data } });
  else await tx.invoice.update({ where: { tenantId_id: { tenantId, id } }, data });
}

async function tellOfInvoice(
  tx: Tx,
  ctx: Ctx,
  { invoice, id, before }: { invoice: ProviderInvoice; id: string; before: string | null },
): Promise<void> {
  await recordAudit(tx, ctx, {
    action: actions[invoice.status],
    object: { type: 'invoice', id },
    ...(before ? { before: { status: before } } : {}),
    after: {
      status: invoice.status,
      number: invoice.number,
      total: Number(invoice.total),
      amount_paid: Number(invoice.amountPaid),
      currency: invoice.currency,
    },
  });
  await emit(tx, ctx, 'invoice.changed', { id: publicId('invoice', id), status: invoice.status });
}
