import { type Bars, allocateBars, BAR_COLUMNS } from '../bar-columns';

/** The same bars, oldest first. Files usually are; then nothing is copied. */
export function orderBars(bars: Bars): Bars {
  const { time } = bars;
  if (rises(time)) return bars;
  const order = Uint32Array.from(time, (_, index) => index);
  order.sort((a, b) => (time[a] as number) - (time[b] as number));
  const sorted = allocateBars(time.length);
  for (const name of BAR_COLUMNS) {
    const [source, target] = [bars[name], sorted[name]];
    order.forEach((from, to) => {
      target[to] = source[from] as number;
    });
  }
  return sorted;
}

function rises(time: Float64Array): boolean {
  for (let index = 1; index < time.length; index++) {
    if ((time[index] as number) <= (time[index - 1] as number)) return false;
  }
  return true;
}

/**
 * Two rising series of one timeframe as one; where both have a bar for the same period, that of `fresh`
 * stays. `periodOf` numbers the periods.
 */
export function mergeBars(
  stored: Bars,
  fresh: Bars,
  periodOf: (time: number) => number,
): { bars: Bars; length: number; replaced: number } {
  const [storedLength, freshLength] = [stored.time.length, fresh.time.length];
  const bars = allocateBars(storedLength + freshLength);
  let [old, young, length, replaced] = [0, 0, 0, 0];
  while (old < storedLength || young < freshLength) {
    const oldPeriod =
      old < storedLength ? periodOf(stored.time[old] as number) : Number.POSITIVE_INFINITY;
    const youngPeriod =
      young < freshLength ? periodOf(fresh.time[young] as number) : Number.POSITIVE_INFINITY;
    const takeFresh = youngPeriod <= oldPeriod;
    if (youngPeriod === oldPeriod) replaced++;
    const [source, from] = takeFresh ? [fresh, young] : [stored, old];
    for (const name of BAR_COLUMNS) bars[name][length] = source[name][from] as number;
    length++;
    if (takeFresh) young++;
    if (oldPeriod <= youngPeriod) old++;
  }
  return { bars, length, replaced };
}
