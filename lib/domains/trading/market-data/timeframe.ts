/** Lengths of a bar, as the API names them. */
export const timeframes = ['1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w'] as const;

export type Timeframe = (typeof timeframes)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const LENGTH: Record<Timeframe, number> = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '4h': 4 * HOUR,
  '1d': DAY,
  '1w': 7 * DAY,
};

/** Periods in one stored chunk, so also the most bars it can hold. */
export const CHUNK_PERIODS = 8_192;

/** Length of a bar in milliseconds. */
export function timeframeMs(timeframe: Timeframe): number {
  return LENGTH[timeframe];
}

/** Weeks are counted from a Monday, whatever weekday a source stamps its weekly bars with. */
function origin(timeframe: Timeframe): number {
  return timeframe === '1w' ? 4 * DAY : 0;
}

/** Daily and weekly bars are stamped with calendar dates, not with moments of a trading place. */
export function isCalendarTimeframe(timeframe: Timeframe): boolean {
  return LENGTH[timeframe] >= DAY;
}

/** Numbers the periods of a timeframe; a series has at most one bar in each. `time` in epoch ms. */
export function periodOf(time: number, timeframe: Timeframe): number {
  return Math.floor((time - origin(timeframe)) / LENGTH[timeframe]);
}

/** The chunk in which a bar is stored. */
export function slotOf(time: number, timeframe: Timeframe): number {
  return Math.floor(periodOf(time, timeframe) / CHUNK_PERIODS);
}

/** First millisecond of a chunk. */
export function slotStart(slot: number, timeframe: Timeframe): number {
  return slot * CHUNK_PERIODS * LENGTH[timeframe] + origin(timeframe);
}
