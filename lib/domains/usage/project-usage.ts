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

/** Nights and days differ: less than one of each says nothing, in ms. */
const SHORTEST_PAST_MS = 24 * 3_600_000;
/** A straight line is drawn on for at most this many times what it was drawn from. */
const LONGEST_REACH = 9;

/** Whether enough has passed to say something of the rest: a day, and a tenth of the whole. */
function isTelling(past: number, rest: number): boolean {
  return past >= SHORTEST_PAST_MS && rest <= past * LONGEST_REACH;
}

/**
 * Where the month ends if the rest goes on at its mean pace so far: a straight line, no more. Null
 * until a day and a tenth of the time have passed, and for meters that don't add up. A limit beyond the end of the month is never
 * reached; one that was reached is dated by the last change.
 */
export function project(pace: Pace): { projected: number | null; limit_reached_at: string | null } {
  const { aggregation, used, limit, began, now } = pace;
  const reached = limit !== null && used >= limit ? pace.lastChange : null;
  const past = now.getTime() - began.getTime();
  const end = nextMonthOf(now).getTime();
  const rest = end - now.getTime();
  if (aggregation === 'max' || aggregation === 'last' || !isTelling(past, rest)) {
    return { projected: null, limit_reached_at: reached?.toISOString() ?? null };
  }
  const perMs = used / past;
  const projected = Math.round(used + perMs * rest);
  if (reached || limit === null || perMs === 0) {
    return { projected, limit_reached_at: reached?.toISOString() ?? null };
  }
  const at = now.getTime() + (limit - used) / perMs;
  return { projected, limit_reached_at: at < end ? new Date(at).toISOString() : null };
}
