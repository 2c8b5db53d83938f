import { monthOf, nextMonthOf } from '@/lib/domains/usage';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { factsOf } from '../dunning/facts';
import { nextDunningMoment } from '../dunning/schedule';
import { runningTrialEnd, trialNoticeAt } from '../mails/follow-trial';
import { readLiveSubscription } from '../read-subscriptions';
import type { SubscriptionRow } from '../to-dto';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A renewal is a draft for an hour before it is charged; a little more, so that both are done. */
const CHARGED_AFTER_MS = HOUR + 60_000;

/** Moments at which something of a subscription falls due by itself. */
function momentsOf(row: SubscriptionRow): Date[] {
  // The period that has just begun is charged a while after.
  return [row.trialEndsAt, row.currentPeriodStart, row.currentPeriodEnd, row.cancelAt].flatMap(
    (moment) => (moment ? [moment, new Date(moment.getTime() + CHARGED_AFTER_MS)] : []),
  );
}

/**
 * Where a clock on its way to `target` has to stop next, so that everything is done in its own time: where a period or trial ends
 * and where it is charged, where a trial's end is told, at each month's first moment, on the days of dunning, and day by day while something is owed, since only the
 * provider knows when it tries again.
 */
export async function nextStop(ctx: Ctx, target: Date): Promise<Date> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const { live, owed, tenant } = await withTenant(ctx, async (tx) => ({
    tenant: await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }),
    live: await readLiveSubscription(tx, tenantId),
    owed: await tx.invoice.count({ where: { tenantId, status: 'open', amountDue: { gt: 0 } } }),
  }));
  const trialEnd = runningTrialEnd(live, tenant.trialEndsAt, now);
  const stops = [
    target,
    nextMonthOf(monthOf(now)),
    ...(trialEnd ? [trialNoticeAt(trialEnd)] : []),
    ...(live && owed > 0 ? [new Date(now.getTime() + DAY)] : []),
    ...(live ? [...momentsOf(live), nextDunningMoment(factsOf(live), now) ?? target] : []),
  ];
  return stops.filter((stop) => stop > now).reduce((a, b) => (a < b ? a : b));
}
