const DAY = 86_400_000;

export type Span = { from: Date; to: Date };

/** Milliseconds that `spans` cover together, counting what they share once. */
function covered(spans: readonly Span[]): number {
  const sorted = [...spans].sort((a, b) => a.from.getTime() - b.from.getTime());
  let total = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of sorted) {
    const from = Math.max(span.from.getTime(), end);
    const to = span.to.getTime();
    if (to > from) total += to - from;
    end = Math.max(end, to);
  }
  return total;
}

/**
 * Whole trial days that are left of a plan's `planDays`: its days less those the tenant has spent
 * in any trial, its own first one or a subscription's. Begun days don't count as used.
 */
export function trialDaysLeft(planDays: number, trials: readonly Span[], now: Date): number {
  const past = trials.map(({ from, to }) => ({ from, to: to < now ? to : now }));
  return Math.max(0, planDays - Math.floor(covered(past) / DAY));
}

/** End of a trial of `days` that starts at `now`. */
export function trialEnd(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY);
}
