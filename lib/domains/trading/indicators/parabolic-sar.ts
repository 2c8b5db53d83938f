import type { Bars } from './bars';

/**
 * Parabolic stop and reverse (Wilder 1978; TA-Lib SAR). The first direction is down when the second bar's
 * downward movement exceeds its upward one, else up; the stop starts at the first bar's opposite extreme. The
 * acceleration grows by `step` with every new extreme, up to `limit`. Undefined on the first bar.
 */
export function parabolicSar(
  bars: Bars,
  step: number,
  limit: number,
  out: Float64Array = new Float64Array(bars.close.length),
): Float64Array {
  const { high, low } = bars;
  if (out.length > 0) out[0] = Number.NaN;
  if (out.length < 2) return out;
  const up = high[1]! - high[0]!;
  const down = low[0]! - low[1]!;
  let rising = !(down > 0 && down > up);
  let best = rising ? high[1]! : low[1]!;
  let stop = rising ? low[0]! : high[0]!;
  let acceleration = Math.min(step, limit);
  for (let i = 1; i < out.length; i++) {
    // On the second bar the stop comes from the first bar alone.
    const before = i === 1 ? 1 : i - 1;
    const top = Math.max(high[before]!, high[i]!);
    const bottom = Math.min(low[before]!, low[i]!);
    if (rising ? low[i]! <= stop : high[i]! >= stop) {
      stop = rising ? Math.max(best, top) : Math.min(best, bottom);
      out[i] = stop;
      rising = !rising;
      acceleration = Math.min(step, limit);
      best = rising ? high[i]! : low[i]!;
    } else {
      out[i] = stop;
      if (rising ? high[i]! > best : low[i]! < best) {
        best = rising ? high[i]! : low[i]!;
        acceleration = Math.min(acceleration + step, limit);
      }
    }
    stop += acceleration * (best - stop);
    stop = rising ? Math.min(stop, bottom) : Math.max(stop, top);
  }
  return out;
}
