const DAY = 86_400_000;

/** Turns wall-clock times of one zone into instants; both in epoch milliseconds. */
export type LocalTime = (wallClock: number) => number;

/**
 * A converter for a zone. Offsets are looked up once a day of wall-clock time, and stamp by stamp only
 * on the days a clock changes. A time that a change repeats is its first occurrence; one that it skips
 * counts on from before the change.
 */
export function localTime(timezone: string): LocalTime {
  if (timezone === 'UTC' || timezone === 'Etc/UTC') return (wallClock) => wallClock;
  const offsetAt = offsetLookup(timezone);
  const days = new Map<number, number>();
  const convert = (wallClock: number) => {
    const before = offsetAt(wallClock - DAY);
    const after = offsetAt(wallClock + DAY);
    if (before === after) return wallClock - before;
    const early = wallClock - Math.max(before, after);
    if (offsetAt(early) === Math.max(before, after)) return early;
    const late = wallClock - Math.min(before, after);
    return offsetAt(late) === Math.min(before, after) ? late : wallClock - before;
  };
  return (wallClock) => {
    const day = Math.floor(wallClock / DAY);
    let offset = days.get(day);
    if (offset === undefined) {
      const [before, after] = [offsetAt((day - 1) * DAY), offsetAt((day + 2) * DAY)];
      offset = before === after ? before : Number.NaN;
      if (days.size > 20_000) days.clear();
      days.set(day, offset);
    }
    return Number.isNaN(offset) ? convert(wallClock) : wallClock - offset;
  };
}

/** Milliseconds by which a zone is ahead of UTC at an instant. */
function offsetLookup(timezone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const whole = Math.floor(instant / 1000) * 1000;
    const part = Object.fromEntries(
      format.formatToParts(whole).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  };
}
