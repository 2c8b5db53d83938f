import type { Bars } from './bars';
import { sma, wilder } from './moving-averages';
import { highest, lowest, standardDeviation } from './rolling-windows';

/**
 * True range (Wilder 1978): the largest of high − low, |high − previous close|, |low − previous close|.
 * Undefined on the first bar, which has no previous close (TA-Lib).
 */
export function trueRange(
  bars: Bars,
  out: Float64Array = new Float64Array(bars.close.length),
): Float64Array {
  const { high, low, close } = bars;
  if (out.length > 0) out[0] = Number.NaN;
  for (let i = 1; i < out.length; i++) {
    const previous = close[i - 1]!;
    const top = high[i]! > previous ? high[i]! : previous;
    const bottom = low[i]! < previous ? low[i]! : previous;
    out[i] = top - bottom;
  }
  return out;
}

/** Average true range (Wilder 1978; TA-Lib): Wilder average of the true range, first defined on bar `period`. */
export function atr(
  bars: Bars,
  period: number,
  out: Float64Array = new Float64Array(bars.close.length),
): Float64Array {
  trueRange(bars, out);
  return wilder(out, period, out);
}

/** Bollinger bands: SMA ± width · population standard deviation. `outputs`: middle, upper, lower. */
export function bollinger(
  source: Float64Array,
  [period, width]: readonly [number, number],
  outputs: readonly [Float64Array, Float64Array, Float64Array],
): void {
  const [middle, upper, lower] = outputs;
  sma(source, period, middle);
  standardDeviation(source, period, upper);
  for (let i = 0; i < source.length; i++) {
    const spread = upper[i]! * width;
    upper[i] = middle[i]! + spread;
    lower[i] = middle[i]! - spread;
  }
}

/**
 * Donchian channel: highest high and lowest low of the last `period` bars, the present one included, and their
 * mean. A breakout compares with the channel of the bar before. `outputs`: middle, upper, lower.
 */
export function donchian(
  bars: Bars,
  period: number,
  outputs: readonly [Float64Array, Float64Array, Float64Array],
): void {
  const [middle, upper, lower] = outputs;
  highest(bars.high, period, upper);
  lowest(bars.low, period, lower);
  for (let i = 0; i < middle.length; i++) middle[i] = (upper[i]! + lower[i]!) / 2;
}
