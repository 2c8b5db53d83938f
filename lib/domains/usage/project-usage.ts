import type { Aggregation } from './meters';
import { nextMonthOf } from './periods';

export type Pace = {
  aggregation: Aggregation;
  used: number;
  /** When `used` last changed. */
  lastChange: Date | null;
  limit: number | null;
  /** Start of the month, or of the tenant when it is younger. */
  began: Date;
  now: Date;
};

/** Less than this says nothing about a month, in ms. */
const SHORTEST_PAST_MS = 3_600_000;

/**
 * Where the month ends if the rest goes on at its mean pace so far: a straight line, no more. Null
 * in the first hour, and for meters that don't add up. A limit beyond the end of the month is never
 * reached; one that was reached is dated by the last change.
 */
export function project(pace: Pace): { projected: number | null; limit_reached_at: string | null } {
  const { aggregation, used, limit, began, now } = pace;
  const reached = limit !== null && used >= limit ? pace.lastChange : null;
  const past = now.getTime() - began.getTime();
  if (aggregation === 'max' || aggregation === 'last' || past < SHORTEST_PAST_MS) {
    return { projected: null, limit_reached_at: reached?.toISOString() ?? null };
  }
  const perMs = used / past;
  const end = nextMonthOf(now).getTime();
  const projected = Math.round(used + perMs * (end - now.getTime()));
  if (reached || limit === null || perMs === 0) {
    return { projected, limit_reached_at: reached?.toISOString() ?? null };
  }
  const at = now.getTime() + (limit - used) / perMs;
  return { projected, limit_reached_at: at < end ? new Date(at).toISOString() : null };
}
