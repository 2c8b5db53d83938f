import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';

/** What meters counted in the calendar months (UTC) that begin in `[from, to)`; months without use are left out. */
export async function readMonthlyUse(
  tx: Tx,
  ctx: Ctx,
  meters: readonly string[],
  { from, to }: { from: Date; to: Date },
): Promise<{ meter: string; month: Date; used: number }[]> {
  const rows = await tx.usagePeriod.findMany({
    where: {
      tenantId: ctx.tenantId,
      meter: { in: [...meters] },
      periodStart: { gte: from, lt: to },
    },
    orderBy: { periodStart: 'asc' },
    select: { meter: true, periodStart: true, used: true },
  });
  return rows.map(({ meter, periodStart, used }) => ({ meter, month: periodStart, used }));
}
