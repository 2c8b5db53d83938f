/** Ranges of a time axis, counted back from its last point. Times are epoch seconds, UTC. */

export type ChartRange = '1m' | '3m' | '6m' | '1y' | '5y' | 'all';

const DAY = 86_400;
const spans: Record<Exclude<ChartRange, 'all'>, number> = {
  '1m': 31 * DAY,
  '3m': 92 * DAY,
  '6m': 183 * DAY,
  '1y': 366 * DAY,
  '5y': 1827 * DAY,
};

export const rangeLabels: Record<ChartRange, string> = {
  '1m': '1M',
  '3m': '3M',
  '6m': '6M',
  '1y': '1Y',
  '5y': '5Y',
  all: 'All',
};

/** The ranges that show less than everything, and everything. */
export function usefulRanges(first: number, last: number): ChartRange[] {
  const shorter = (Object.keys(spans) as Exclude<ChartRange, 'all'>[]).filter(
    (range) => spans[range] < last - first,
  );
  return [...shorter, 'all'];
}

/** [from, to] of a range, kept inside the data. */
export function rangeBounds(range: ChartRange, first: number, last: number): [number, number] {
  if (range === 'all') return [first, last];
  return [Math.max(first, last - spans[range]), last];
}

/** A window moved or scaled about a point, kept inside the data and at least `least` seconds wide. */
export function zoomedBounds(
  [from, to]: readonly [number, number],
  factor: number,
  about: number,
  [first, last]: readonly [number, number],
  least: number,
): [number, number] {
  const width = Math.min(Math.max((to - from) * factor, least), last - first);
  const share = to === from ? 0.5 : (about - from) / (to - from);
  const start = Math.min(Math.max(about - width * share, first), last - width);
  return [start, start + width];
}
