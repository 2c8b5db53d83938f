import { recordAudit } from '@/lib/domains/audit';
import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { describeRefund, type RefundRow } from './ask-refund';
import { issueCreditNote, voidCreditNote } from './issue-credit-note';

/** What the provider says of a refund; `providerId` is null where it took none. */
export type RefundStanding = {
  providerId: string | null;
  status: 'sent' | 'done' | 'failed';
  failure: string | null;
};

/** A refund goes forward only: an answer that was overtaken says nothing new. */
const onward: Record<string, readonly RefundStanding['status'][]> = {
  approved: ['sent', 'done', 'failed'],
  sent: ['done', 'failed'],
  done: ['failed'],
};

/**
 * Takes over what the provider says of a refund, with its credit note when it is done. False when that is known
 * already. The caller holds the tenant's billing lock, and `row` was read under it.
 */
export async function settleRefund(
  tx: Tx,
  ctx: Ctx,
  row: RefundRow,
  said: RefundStanding,
): Promise<boolean> {
  if (!onward[row.status]?.includes(said.status)) return false;
  const { tenantId, id } = row;
  const now = ctx.clock.now();
  const after = await tx.refund.update({
    where: { tenantId_id: { tenantId, id } },
    data: {
      ...said,
      providerId: said.providerId ?? row.providerId,
      settledAt: said.status === 'sent' ? null : now,
      updatedAt: now,
    },
  });
  if (said.status === 'done') await issueCreditNote(tx, ctx, after);
  if (row.status === 'done') await voidCreditNote(tx, ctx, after);
  await recordAudit(tx, ctx, {
    action: `refund.${said.status}`,
    object: { type: 'refund', id },
    before: { status: row.status },
    after: { ...describeRefund(after), failure: said.failure },
  });
  await emit(tx, ctx, 'refund.changed', { id: publicId('refund', id), status: said.status });
  return true;
}
