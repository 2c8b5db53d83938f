import { limitOfMeter, monthOf, readMonthlyUse } from '@/lib/domains/usage';
import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { dateOf, secondsOf } from '@/lib/kernel/unix-time';
import { addMonths, type Span } from '../engine';
import { shareWithin } from './simulate-offer';

export type UseByMonth = ReadonlyMap<string, ReadonlyMap<number, number>>;

/**
 * The last whole months (UTC) of a tenant, as far as it has existed; up to now where it hasn't seen a whole one.
 */
export async function readWindow(
  tx: Tx,
  ctx: Ctx,
  months: number,
): Promise<{ window: Span; complete: boolean }> {
  const now = ctx.clock.now();
  const { createdAt } = await tx.tenant.findUniqueOrThrow({
    where: { id: ctx.tenantId },
    select: { createdAt: true },
  });
  const thisMonth = secondsOf(monthOf(now));
  const wanted = addMonths(thisMonth, -months);
  const born = secondsOf(createdAt);
  const end = born < thisMonth ? thisMonth : secondsOf(now);
  return { window: { start: Math.max(wanted, born), end }, complete: born <= wanted };
}

/** What was used, by meter and the first instant of each month. */
export async function readUse(tx: Tx, ctx: Ctx, { start, end }: Span): Promise<UseByMonth> {
  const rows = await readMonthlyUse(tx, ctx, Object.keys(limitOfMeter), {
    from: monthOf(dateOf(start)),
    to: dateOf(end),
  });
  const use = new Map<string, Map<number, number>>();
  for (const { meter, month, used } of rows) {
    const months = use.get(meter) ?? new Map<number, number>();
    use.set(meter, months.set(secondsOf(month), used));
  }
  return use;
}

/** The window without the time in which the subscription was paused, by the history of subscriptions. */
export async function readSpans(tx: Tx, ctx: Ctx, window: Span): Promise<Span[]> {
  const events = await tx.subscriptionEvent.findMany({
    where: { tenantId: ctx.tenantId, happenedAt: { lt: dateOf(window.end) } },
    orderBy: [{ happenedAt: 'asc' }, { id: 'asc' }],
    select: { happenedAt: true, status: true },
  });
  const spans: Span[] = [];
  let from: number | null = window.start;
  for (const { happenedAt, status } of events) {
    const when = Math.max(window.start, secondsOf(happenedAt));
    if (status === 'paused') {
      if (from !== null && when > from) spans.push({ start: from, end: when });
      from = null;
    } else from ??= when;
  }
  if (from !== null && from < window.end) spans.push({ start: from, end: window.end });
  return spans;
}

/**
 * What was charged for the time of the window, before tax: by the share of each line's period. What was used beyond a
 * limit is left out, for the prices that it is compared with leave it out as well. Minor units.
 */
export async function readCharged(tx: Tx, ctx: Ctx, window: Span): Promise<number> {
  const lines = await tx.invoiceLine.findMany({
    where: {
      tenantId: ctx.tenantId,
      periodStart: { lt: dateOf(window.end) },
      periodEnd: { gt: dateOf(window.start) },
      kind: { notIn: ['overage', 'overage_correction'] },
      invoice: { status: { in: ['open', 'paid', 'uncollectible'] } },
    },
    select: { amount: true, discount: true, periodStart: true, periodEnd: true },
  });
  return lines.reduce((sum, { amount, discount, periodStart, periodEnd }) => {
    const period = { start: secondsOf(periodStart), end: secondsOf(periodEnd) };
    return sum + shareWithin(Number(amount - discount), period, window);
  }, 0);
}
