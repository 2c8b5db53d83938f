import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { findBuiltInMeter } from './meters';
import { monthOf } from './periods';
import { project } from './project-usage';

/**
 * What one of the platform's meters has counted in the calendar month (UTC), and where the month ends at its mean
 * pace; null until enough of it has passed. The caller has made sure that the actor may know.
 */
export async function monthSoFar(
  tx: Tx,
  ctx: Ctx,
  meter: string,
): Promise<{ used: number; projected: number | null }> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const period = await tx.usagePeriod.findFirst({
    where: { tenantId, meter, periodStart: monthOf(now) },
  });
  const tenant = await tx.tenant.findUnique({
    where: { id: tenantId },
    select: { createdAt: true },
  });
  const used = period?.used ?? 0;
  const { projected } = project({
    aggregation: findBuiltInMeter(meter)?.aggregation ?? 'last',
    used,
    lastChange: period?.updatedAt ?? null,
    limit: null,
    began: new Date(Math.max(monthOf(now).getTime(), tenant?.createdAt.getTime() ?? 0)),
    now,
  });
  return { used, projected };
}
