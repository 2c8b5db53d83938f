/** More points than a screen has pixels tell nothing more. */
const MOST_POINTS = 4_000;

/**
 * Equity columns (time, equity, drawdown) thinned out: of each stretch of bars the highest and the lowest equity
 * stay, so that no peak and no trough is lost. Null when there are few enough points anyhow.
 */
export function thinOut(
  columns: readonly Float64Array[],
  most = MOST_POINTS,
): Float64Array[] | null {
  const [, equity] = columns;
  if (!equity || equity.length <= most) return null;
  const kept: number[] = [0];
  const stretch = Math.ceil(equity.length / ((most - 2) / 2));
  for (let from = 1; from < equity.length - 1; from += stretch) {
    const to = Math.min(from + stretch, equity.length - 1);
    let [high, low] = [from, from];
    for (let at = from + 1; at < to; at++) {
      if ((equity[at] as number) > (equity[high] as number)) high = at;
      if ((equity[at] as number) < (equity[low] as number)) low = at;
    }
    kept.push(Math.min(high, low));
    if (high !== low) kept.push(Math.max(high, low));
  }
  kept.push(equity.length - 1);
  return columns.map((column) => Float64Array.from(kept, (at) => column[at] as number));
}
