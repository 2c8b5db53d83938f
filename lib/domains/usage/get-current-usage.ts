import { getEntitlements, type LimitName, limitResetsAt } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { type Aggregation, builtInMeters } from './meters';
import { monthOf, nextMonthOf } from './periods';
import { project } from './project-usage';
import type { CurrentUsageRow } from './schemas';

/** Which limit of the plan a meter is held against. */
export const limitOfMeter: Readonly<Record<string, LimitName>> = {
  api_calls: 'api_calls_per_month',
  backtests: 'backtests_per_month',
  storage_bytes: 'storage_bytes',
};

const isStanding = (name: LimitName, now: Date) => limitResetsAt(name, now) === null;

const standingMeters = (now: Date) =>
  Object.entries(limitOfMeter)
    .filter(([, name]) => isStanding(name, now))
    .map(([meter]) => meter);

/** What every meter has counted this month (UTC), its limit, and when the limit is reached at this pace. */
export async function getCurrentUsage(ctx: Ctx): Promise<CurrentUsageRow[]> {
  authorise(ctx, 'usage:read');
  const now = ctx.clock.now();
  const { tenantId } = ctx;
  const { periods, standing, own, entitlements, tenant } = await withTenant(ctx, async (tx) => ({
    periods: await tx.usagePeriod.findMany({ where: { tenantId, periodStart: monthOf(now) } }),
    standing: await tx.usagePeriod.findMany({
      where: { tenantId, meter: { in: standingMeters(now) } },
      orderBy: { periodStart: 'asc' },
    }),
    own: await tx.meter.findMany({ where: { tenantId }, orderBy: { createdAt: 'asc' } }),
    entitlements: await getEntitlements(tx, ctx),
    tenant: await tx.tenant.findUnique({ where: { id: tenantId }, select: { createdAt: true } }),
  }));
  // What stands goes on into the next month, the newest word last.
  const used = new Map([...periods, ...standing].map((period) => [period.meter, period]));
  const began = new Date(Math.max(monthOf(now).getTime(), tenant?.createdAt.getTime() ?? 0));
  return [...builtInMeters, ...own].map((meter) => {
    const name = limitOfMeter[meter.key];
    const limit = name ? entitlements.limits[name] : null;
    const period = used.get(meter.key);
    return {
      meter: meter.key,
      used: period?.used ?? 0,
      limit,
      remaining: limit === null ? null : Math.max(0, limit - (period?.used ?? 0)),
      unit: meter.unit,
      resets_at: name && isStanding(name, now) ? null : nextMonthOf(now).toISOString(),
      ...project({
        aggregation: meter.aggregation as Aggregation,
        used: period?.used ?? 0,
        lastChange: period?.updatedAt ?? null,
        limit,
        began,
        now,
      }),
    };
  });
}
