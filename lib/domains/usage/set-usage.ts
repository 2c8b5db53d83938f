import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import type { StandingMeter } from './meters';
import { hourOf, monthOf } from './periods';

/**
 * Writes down how much there is now in a meter that doesn't count but stands, in the transaction of the
 * change, with its locks in the order of every writer of usage.
 */
export async function setUsage(
  tx: Tx,
  ctx: Ctx,
  meter: StandingMeter,
  value: number,
): Promise<void> {
  const now = ctx.clock.now();
  await tx.$executeRaw`
    INSERT INTO usage_period (tenant_id, meter, period_start, used, updated_at, dirty)
    VALUES (${ctx.tenantId}::uuid, ${meter}, ${monthOf(now)}, ${value}, ${now}, true)
    ON CONFLICT (tenant_id, meter, period_start) DO UPDATE
      SET used = excluded.used, updated_at = excluded.updated_at, dirty = true`;
  await tx.$executeRaw`
    INSERT INTO usage_rollup (tenant_id, meter, hour, dimension, count, sum, max, last, last_at)
    VALUES (${ctx.tenantId}::uuid, ${meter}, ${hourOf(now)}, '', 1, ${value}, ${value}, ${value}, ${now})
    ON CONFLICT (tenant_id, meter, hour, dimension) DO UPDATE
      SET count = usage_rollup.count + 1, sum = usage_rollup.sum + excluded.sum,
          max = greatest(usage_rollup.max, excluded.max), last = excluded.last, last_at = excluded.last_at`;
}
