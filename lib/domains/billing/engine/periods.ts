import type { Cycle, Instant, Span } from './types';

/** Calendar months of a cycle. */
export const CYCLE_MONTHS: Record<Cycle, number> = { monthly: 1, quarterly: 3, annual: 12 };

/** Rule 1: `months` after `anchor` at its time of day; the month's last day where it lacks the anchor's. */
export function addMonths(anchor: Instant, months: number): Instant {
  const from = new Date(anchor * 1000);
  const year = from.getUTCFullYear();
  const month = from.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Date.UTC(year, month, Math.min(from.getUTCDate(), lastDay));
  return day / 1000 + (anchor % 86_400);
}

/** The period of a cycle that holds `at`, which is not before the anchor. */
export function periodAt(anchor: Instant, cycle: Cycle, at: Instant): Span {
  const step = CYCLE_MONTHS[cycle];
  const from = new Date(anchor * 1000);
  const to = new Date(at * 1000);
  const apart =
    (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  let n = Math.floor(apart / step);
  // The month's boundary may still lie ahead of `at`.
  if (addMonths(anchor, n * step) > at) n -= 1;
  return { start: addMonths(anchor, n * step), end: addMonths(anchor, (n + 1) * step) };
}

/** The calendar month, UTC, that holds `at`. */
export function monthAt(at: Instant): Span {
  const day = new Date(at * 1000);
  const month = (offset: number) =>
    Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + offset, 1) / 1000;
  return { start: month(0), end: month(1) };
}
