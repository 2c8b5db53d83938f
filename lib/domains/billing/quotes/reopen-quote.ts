import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { requireStep } from './lifecycle';
import { lockQuote, statusAt, undecided, writeStep } from './quote-store';

/**
 * Puts a quote back to where it can be accepted, when the provider refused for good what its acceptance asked of a
 * subscription. The terms are those that were refused; nothing happens where no quote sold them.
 */
export async function reopenQuote(
  tx: Tx,
  ctx: Ctx,
  subscriptionId: string,
  { planId, planVersion }: { planId: string; planVersion: number },
): Promise<void> {
  const { tenantId } = ctx;
  const found = await tx.quote.findFirst({
    where: {
      tenantId,
      subscriptionId,
      status: 'accepted',
      revisions: { some: { planId, planVersion } },
    },
    select: { id: true },
  });
  if (!found) return;
  const row = await lockQuote(tx, tenantId, found.id);
  requireStep(statusAt(row, ctx.clock.now()), 'provider refused');
  await writeStep(tx, ctx, row, {
    action: 'quote.acceptance_refused',
    data: { status: 'sent', subscriptionId: null, ...undecided },
  });
}
