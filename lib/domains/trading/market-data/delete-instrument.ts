import { recordAudit } from '@/lib/domains/audit';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { getOwnInstrumentRow } from './internal';
import { mayWrite } from './policy';

/** Removes an instrument with all its bars. Results of back-tests stay. @throws not_found, forbidden */
export async function deleteInstrument(ctx: Ctx, symbol: string): Promise<void> {
  mayWrite(ctx);
  await withTenant(ctx, async (tx) => {
    const row = await getOwnInstrumentRow(tx, ctx, symbol);
    await tx.instrument.delete({ where: { tenantId_id: { tenantId: ctx.tenantId, id: row.id } } });
    await recordAudit(tx, ctx, {
      action: 'instrument.deleted',
      object: { type: 'instrument', id: row.id },
      before: {
        symbol: row.symbol,
        series: row.series.map(({ timeframe, bars }) => ({ timeframe, bars })),
      },
    });
  });
}
