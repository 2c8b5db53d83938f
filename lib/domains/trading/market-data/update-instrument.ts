import { recordAudit } from '@/lib/domains/audit';
import { requireSubscription } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { getOwnInstrumentRow, toInstrumentDto } from './internal';
import { mayWrite } from './policy';
import type { InstrumentDto, UpdateInstrumentInput } from './schemas';

/** Changes what is known of an instrument, not its symbol or bars. @throws not_found, forbidden */
export async function updateInstrument(
  ctx: Ctx,
  symbol: string,
  input: UpdateInstrumentInput,
): Promise<InstrumentDto> {
  mayWrite(ctx);
  return withTenant(ctx, async (tx) => {
    await requireSubscription(tx, ctx);
    const row = await getOwnInstrumentRow(tx, ctx, symbol);
    const change = Object.fromEntries(
      Object.entries(input).filter(([, value]) => value !== undefined),
    );
    const before = Object.fromEntries(
      Object.keys(change).map((name) => [name, row[name as keyof UpdateInstrumentInput]]),
    );
    const updated = await tx.instrument.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: row.id } },
      data: { ...change, updatedAt: ctx.clock.now() },
      include: { series: { orderBy: { timeframe: 'asc' } } },
    });
    await recordAudit(tx, ctx, {
      action: 'instrument.updated',
      object: { type: 'instrument', id: row.id },
      before,
      after: change as Record<string, string | number>,
    });
    return toInstrumentDto(updated);
  });
}
