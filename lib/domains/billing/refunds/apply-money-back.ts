import { recordAudit } from '@/lib/domains/audit';
import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId, publicId } from '@/lib/kernel/ids';
import type { ProviderDispute, ProviderRefund, ProviderState } from '../provider-state';
import { differs } from '../row-differs';
import type { RefundRow } from './ask-refund';
import type { DisputeStatus } from './schemas';
import { settleRefund } from './settle-refund';

const CLOSED: readonly DisputeStatus[] = ['won', 'lost', 'closed'];

/** Ids here of the invoices that are spoken of, by their ids there. */
async function invoicesOf(
  tx: Tx,
  tenantId: string,
  state: Pick<ProviderState, 'refunds' | 'disputes'>,
): Promise<Map<string | null, string>> {
  const named = [...state.refunds, ...state.disputes].map((each) => each.invoiceProviderId);
  const rows = await tx.invoice.findMany({
    where: { tenantId, providerId: { in: named } },
    select: { id: true, providerId: true },
  });
  return new Map(rows.map(({ id, providerId }) => [providerId, id]));
}

/** Our row of a refund there: known by its id there, or made by us with the answer lost. */
function rowOf(rows: readonly RefundRow[], said: ProviderRefund, invoiceId: string) {
  return (
    rows.find(({ providerId }) => providerId === said.providerId) ??
    rows.find(
      (row) =>
        row.id === said.ownId &&
        row.status === 'approved' &&
        row.invoiceId === invoiceId &&
        row.amount === said.amount,
    )
  );
}

/** A refund that somebody made at the provider by hand: as good as approved. */
function adopt(tx: Tx, ctx: Ctx, said: ProviderRefund, invoiceId: string): Promise<RefundRow> {
  const { createdAt } = said;
  const now = ctx.clock.now();
  return tx.refund.create({
    data: {
      tenantId: ctx.tenantId,
      id: newId(now.getTime()),
      invoiceId,
      amount: said.amount,
      currency: said.currency,
      reason: 'Made at the payment provider',
      status: 'approved',
      requestedAt: createdAt,
      decidedAt: createdAt,
      providerId: said.providerId,
      updatedAt: now,
    },
  });
}

async function applyRefund(
  tx: Tx,
  ctx: Ctx,
  rows: readonly RefundRow[],
  said: ProviderRefund,
  invoiceId: string,
): Promise<boolean> {
  const { providerId, status, failure } = said;
  const row = rowOf(rows, said, invoiceId) ?? (await adopt(tx, ctx, said, invoiceId));
  return settleRefund(tx, ctx, row, { providerId, status, failure });
}

async function applyDispute(
  tx: Tx,
  ctx: Ctx,
  said: ProviderDispute,
  invoiceId: string,
): Promise<boolean> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const { invoiceProviderId: _, openedAt, providerId, currency, ...facts } = said;
  const where = { tenantId_providerId: { tenantId, providerId } };
  const before = await tx.dispute.findUnique({ where });
  if (before && !differs(before, facts)) return false;
  const closed = CLOSED.includes(said.status);
  const change = {
    ...facts,
    closedAt: closed ? (before?.closedAt ?? now) : null,
    updatedAt: now,
  };
  const after = before
    ? await tx.dispute.update({ where, data: change })
    : await tx.dispute.create({
        data: {
          tenantId,
          id: newId(now.getTime()),
          invoiceId,
          providerId,
          currency,
          openedAt,
          ...change,
        },
      });
  await recordAudit(tx, ctx, {
    action: before ? `dispute.${closed ? 'closed' : 'updated'}` : 'dispute.opened',
    object: { type: 'dispute', id: after.id },
    ...(before ? { before: { status: before.status, amount: Number(before.amount) } } : {}),
    after: { status: after.status, amount: Number(after.amount), currency, reason: after.reason },
  });
  await emit(tx, ctx, 'dispute.changed', {
    id: publicId('dispute', after.id),
    status: after.status,
  });
  return true;
}

/**
 * Writes what the provider says of refunds, those by hand too, and of disputes. Returns whether anything changed.
 * The caller holds the tenant's billing lock and has written the invoices.
 */
export async function applyMoneyBack(
  tx: Tx,
  ctx: Ctx,
  state: Pick<ProviderState, 'refunds' | 'disputes'>,
): Promise<boolean> {
  if (state.refunds.length + state.disputes.length === 0) return false;
  const { tenantId } = ctx;
  const invoices = await invoicesOf(tx, tenantId, state);
  const rows = await tx.refund.findMany({ where: { tenantId } });
  let changed = false;
  // As they were made, for so their credit notes are numbered.
  const inOrder = [...state.refunds].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  for (const said of inOrder) {
    const invoiceId = invoices.get(said.invoiceProviderId);
    if (invoiceId) changed = (await applyRefund(tx, ctx, rows, said, invoiceId)) || changed;
  }
  for (const said of state.disputes) {
    const invoiceId = invoices.get(said.invoiceProviderId);
    if (invoiceId) changed = (await applyDispute(tx, ctx, said, invoiceId)) || changed;
  }
  return changed;
}
