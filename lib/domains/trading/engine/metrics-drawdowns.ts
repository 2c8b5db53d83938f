import type { Metrics } from './metric-definitions';

type DrawdownMetrics = Pick<
  Metrics,
  | 'max_drawdown_pct'
  | 'avg_drawdown_pct'
  | 'max_drawdown_duration_s'
  | 'avg_drawdown_duration_s'
  | 'equity_peak'
>;

/**
 * Drawdowns of the equity curve. One lasts from the last bar at its peak to the bar that reaches the peak again,
 * or to the last bar; bars in a row at the peak are none. A fall on the last bar alone has no length yet: it counts
 * for the maximum, not for durations and averages, which are null where there is nothing else.
 */
export function drawdownMetrics(time: Float64Array, equity: Float64Array): DrawdownMetrics {
  let peak = equity[0]!;
  let peakAt = 0;
  let deepest = 0;
  let depth = 0;
  const found = { count: 0, depths: 0, longest: 0, durations: 0 };
  const end = (at: number) => {
    const seconds = (time[at]! - time[peakAt]!) / 1_000;
    found.count++;
    found.depths += depth;
    found.durations += seconds;
    if (seconds > found.longest) found.longest = seconds;
    depth = 0;
  };
  for (let i = 1; i < equity.length; i++) {
    const value = equity[i]!;
    if (value >= peak) {
      if (depth < 0) end(i);
      peak = value;
      peakAt = i;
      continue;
    }
    const fall = 100 * (value / peak - 1);
    if (fall < depth) depth = fall;
    if (fall < deepest) deepest = fall;
  }
  if (depth < 0 && equity.length - 2 > peakAt) end(equity.length - 1);
  const mean = (sum: number) => (found.count === 0 ? null : sum / found.count);
  return {
    equity_peak: peak,
    max_drawdown_pct: deepest,
    avg_drawdown_pct: mean(found.depths),
    max_drawdown_duration_s: found.count === 0 ? null : found.longest,
    avg_drawdown_duration_s: mean(found.durations),
  };
}
