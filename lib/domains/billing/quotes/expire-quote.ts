import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { lockQuote, statusAt, writeStep } from './quote-store';

/** Writes down that a revision ran out. Nothing happens when it was answered, withdrawn or revised. */
export async function expireQuote(ctx: Ctx, quoteId: string, revision: number): Promise<void> {
  const { tenantId } = ctx;
  await withTenant(ctx, async (tx) => {
    const row = await lockQuote(tx, tenantId, quoteId);
    if (row.status !== 'sent' || row.revision !== revision) return;
    if (statusAt(row, ctx.clock.now()) !== 'expired') return;
    await writeStep(tx, ctx, row, {
      action: 'quote.expired',
      data: { status: 'expired', decidedAt: row.validUntil },
    });
  });
}
