import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import type { CountedMeter, SummedMeter } from './meters';
import { hourOf, monthOf } from './periods';

/** Counts `n` acts in a platform meter, in the transaction of the acts; a negative `n` takes them back. */
export function countUsage(tx: Tx, ctx: Ctx, meter: CountedMeter, n = 1): Promise<void> {
  return add(tx, ctx, meter, { count: n, value: n });
}

/** Adds an amount, in the meter's unit, to a platform meter that sums, in the transaction of what it measures. */
export function addUsage(tx: Tx, ctx: Ctx, meter: SummedMeter, value: number): Promise<void> {
  return add(tx, ctx, meter, { count: 1, value });
}

/** Month's counter first, then the hour's sum: the order in which every writer of usage takes its locks. */
async function add(
  tx: Tx,
  ctx: Ctx,
  meter: string,
  { count, value }: { count: number; value: number },
): Promise<void> {
  const now = ctx.clock.now();
  await tx.$executeRaw`
    INSERT INTO usage_period (tenant_id, meter, period_start, used, updated_at, dirty)
    VALUES (${ctx.tenantId}::uuid, ${meter}, ${monthOf(now)}, ${value}, ${now}, true)
    ON CONFLICT (tenant_id, meter, period_start) DO UPDATE
      SET used = usage_period.used + excluded.used, updated_at = excluded.updated_at, dirty = true`;
  await tx.$executeRaw`
    INSERT INTO usage_rollup (tenant_id, meter, hour, dimension, count, sum, max, last, last_at)
    VALUES (${ctx.tenantId}::uuid, ${meter}, ${hourOf(now)}, '', ${count}, ${value}, ${value}, ${value}, ${now})
    ON CONFLICT (tenant_id, meter, hour, dimension) DO UPDATE
      SET count = usage_rollup.count + excluded.count, sum = usage_rollup.sum + excluded.sum,
          max = greatest(usage_rollup.max, excluded.max), last = excluded.last, last_at = excluded.last_at`;
}

/** What a meter has counted in the current calendar month (UTC), in the meter's unit. */
export async function monthlyUsed(tx: Tx, ctx: Ctx, meter: string): Promise<number> {
  const row = await tx.usagePeriod.findFirst({
    where: { tenantId: ctx.tenantId, meter, periodStart: monthOf(ctx.clock.now()) },
    select: { used: true },
  });
  return row?.used ?? 0;
}
