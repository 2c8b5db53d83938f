import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { BAR_BYTES } from './bar-columns';

/** Bytes of bars that the tenant keeps. */
export async function storedBytes(tx: Tx, ctx: Ctx): Promise<number> {
  const total = await tx.barSeries.aggregate({
    where: { tenantId: ctx.tenantId },
    _sum: { bars: true },
  });
  return (total._sum.bars ?? 0) * BAR_BYTES;
}
