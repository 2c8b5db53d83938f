import { recordAudit } from '@/lib/domains/audit';
import { setUsage } from '@/lib/domains/usage';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { getOwnInstrumentRow } from './internal';
import { mayWrite } from './policy';
import { storedBytes } from './stored-bytes';

/** Removes an instrument with all its bars. Results of back-tests stay. @throws not_found, forbidden */
export async function deleteInstrument(ctx: Ctx, symbol: string): Promise<void> {
  mayWrite(ctx);
  await withTenant(ctx, async (tx) => {
    const row = await getOwnInstrumentRow(tx, ctx, symbol);
    await tx.instrument.delete({ where: { tenantId_id: { tenantId: ctx.tenantId, id: row.id } } });
    await setUsage(tx, ctx, 'storage_bytes', await storedBytes(tx, ctx));
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
