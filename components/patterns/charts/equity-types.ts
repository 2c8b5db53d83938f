/** Columns of equal length, oldest first. */
export interface EquitySeries {
  /** Epoch seconds, UTC. */
  time: readonly number[];
  equity: readonly number[];
  /** Percent below the highest equity so far, ≤ 0. */
  drawdownPct: readonly number[];
  /** What the equity is compared with, in the same currency: buy and hold. */
  benchmark?: readonly number[];
}

export type Bounds = readonly [number, number];

/** Index of the point nearest to a time; `time` ascends. */
export function nearestIndex(time: readonly number[], at: number): number {
  let low = 0;
  let high = time.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((time[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const before = time[low - 1];
  return before !== undefined && at - before < (time[low] ?? 0) - at ? low - 1 : low;
}

/** Whether the points lie closer than a day: then clock times matter, else calendar days. */
export function isIntraday(time: readonly number[]): boolean {
  const sample = Math.min(time.length - 1, 50);
  for (let i = 1; i <= sample; i += 1) {
    if ((time[i] ?? 0) - (time[i - 1] ?? 0) >= 86_400) return false;
  }
  return sample > 0;
}
