import {
  approveRefundRow,
  askRefund,
  type OperatorInside,
  refuseRefundRow,
  trySendRefund,
} from '@/lib/domains/billing';
import { Prisma, type Tx, withSystem } from '@/lib/infra/db';
import { env } from '@/lib/infra/env';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import { ctxInside } from '../inside';
import { withOperator } from '../platform-audit';
import { presentRefund, readRefunds } from './read-refunds';
import type { AdminRefund, RefundBody } from './schemas';

type Row = Awaited<ReturnType<typeof askRefund>>['row'];

/** The operator's ctx in the tenant that `find` finds a row of, in that tenant's own time. Throws `not_found`. */
async function enter(
  ctx: OperatorCtx,
  what: 'invoice' | 'refund',
  find: (tx: Tx) => Promise<{ tenantId: string } | null>,
): Promise<OperatorInside> {
  const found = await withSystem(`operator ${ctx.actor.operatorId}`, find);
  if (!found) throw notFound(what);
  return ctxInside(ctx, found.tenantId);
}

const invoiceOf = (id: string) => (tx: Tx) =>
  tx.invoice.findFirst({ where: { id }, select: { tenantId: true } });
const refundOf = (id: string) => (tx: Tx) =>
  tx.refund.findFirst({ where: { id }, select: { tenantId: true } });

const entryOf = (action: string, row: Row, reason: string) => ({
  action,
  object: { type: 'refund', id: row.id },
  aboutTenantId: row.tenantId,
  reason,
  after: { status: row.status, amount: Number(row.amount), currency: row.currency },
});

/** What became of it, after the provider was asked. */
async function shown(ctx: OperatorCtx, { id }: Row): Promise<AdminRefund> {
  const [row] = await withSystem(`operator ${ctx.actor.operatorId}`, (tx) =>
    readRefunds(tx, Prisma.sql`r.id = ${id}::uuid`, 1),
  );
  if (!row) throw notFound('refund');
  return presentRefund(row);
}

/**
 * Gives money of an invoice back, all that is left unless an amount is named: at once, or, from
 * `REFUND_SECOND_OPERATOR_FROM` on, when a second operator has approved it. What the provider refuses is answered as
 * `failed`. Throws `forbidden`, `not_found`, 409 `nothing_to_refund`, `not_at_provider`, `refund_asked_already`, 422
 * `refund_too_large`, `currency_mismatch`.
 * @param requestKey names the form that asks, so that sending it twice gives back once
 */
export async function requestRefund(
  ctx: OperatorCtx,
  invoiceId: string,
  { amount, reason }: RefundBody,
  requestKey: string | null = null,
): Promise<AdminRefund> {
  authoriseOperator(ctx, 'money:write');
  const id = parsePublicId('invoice', invoiceId);
  if (!id) throw notFound('invoice');
  const inside = await enter(ctx, 'invoice', invoiceOf(id));
  const row = await withOperator(ctx, async (tx) => {
    const wish = { requestKey, invoiceId: id, amount: amount ?? null, reason };
    const asked = await askRefund(tx, inside, wish, env().refundSecondOperatorFrom);
    const action = asked.again ? 'refund.requested_again' : 'refund.requested';
    return { result: asked.row, entry: entryOf(action, asked.row, reason) };
  });
  await trySendRefund(inside, row.id);
  return shown(ctx, row);
}

/**
 * Lets a refund go that waits for a second operator. Throws `forbidden`, `not_found`, 403
 * `second_operator_needed` for the one who asked, 409 `refund_decided`, `nothing_to_refund`.
 */
export async function approveRefund(ctx: OperatorCtx, refundId: string): Promise<AdminRefund> {
  authoriseOperator(ctx, 'money:write');
  const id = parsePublicId('refund', refundId);
  if (!id) throw notFound('refund');
  const inside = await enter(ctx, 'refund', refundOf(id));
  const row = await withOperator(ctx, async (tx) => {
    const approved = await approveRefundRow(tx, inside, id);
    return { result: approved, entry: entryOf('refund.approved', approved, approved.reason) };
  });
  await trySendRefund(inside, row.id);
  return shown(ctx, row);
}

/**
 * Refuses a refund that waits, or takes one's own back. Throws `forbidden`, `not_found`, 409 `refund_decided`.
 */
export async function refuseRefund(
  ctx: OperatorCtx,
  refundId: string,
  reason: string,
): Promise<AdminRefund> {
  authoriseOperator(ctx, 'money:write');
  const id = parsePublicId('refund', refundId);
  if (!id) throw notFound('refund');
  const inside = await enter(ctx, 'refund', refundOf(id));
  const row = await withOperator(ctx, async (tx) => {
    const refused = await refuseRefundRow(tx, inside, id, reason);
    return { result: refused, entry: entryOf('refund.refused', refused, reason) };
  });
  return shown(ctx, row);
}
