import { withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';
import { isDomainError } from '@/lib/kernel/errors';
import { lockBilling } from '../converge-billing';
import { gatewayOf } from '../gateways/find-gateway';
import type { RefundOrder } from '../gateways/port';
import { orLeaveToJob } from '../leave-to-job';
import { type RefundStanding, settleRefund } from './settle-refund';

/** What is to be sent, and by whom; null when it was sent or isn't approved. */
async function readOrder(ctx: Ctx, id: string) {
  const { tenantId } = ctx;
  const row = await withTenant(ctx, (tx) =>
    tx.refund.findUnique({ where: { tenantId_id: { tenantId, id } }, include: { invoice: true } }),
  );
  if (row?.status !== 'approved' || !row.invoice.providerId) return null;
  const order: RefundOrder = {
    id,
    tenantId,
    invoiceProviderId: row.invoice.providerId,
    amount: Number(row.amount),
    currency: row.currency,
  };
  return { gateway: gatewayOf(row.invoice), order };
}

/** What the provider said no with, for operators to read. */
function refusalOf(error: unknown): RefundStanding {
  const failure = isDomainError(error)
    ? error.detail
    : error instanceof Error
      ? error.message
      : String(error);
  return { providerId: null, status: 'failed', failure };
}

/**
 * Gives back at the provider what was approved, and takes over its answer. Done by the request that approved it,
 * and by a job in case that request died: the refund's id is its name there, so that both together pay back
 * once. A refusal is written down. Throws `payment_provider_unavailable` while the provider is away.
 */
export async function sendRefund(ctx: Ctx, id: string): Promise<void> {
  const found = await readOrder(ctx, id);
  if (!found) return;
  const { gateway, order } = found;
  const { tenantId } = ctx;
  const said = await gateway.refund(order).catch((error: unknown): RefundStanding => {
    if (!gateway.isRefusal(error)) throw error;
    log().warn({ err: error, refund: id }, 'the provider refused a refund');
    return refusalOf(error);
  });
  await withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const row = await tx.refund.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } } });
    await settleRefund(tx, ctx, row, said);
  });
}

/** For the request that approved it: while the provider is away the refund stays approved, and a job goes on. */
export async function trySendRefund(ctx: Ctx, id: string): Promise<void> {
  await orLeaveToJob(sendRefund(ctx, id), { refund: id }, 'a refund waits for the provider');
}
