import type { Bars } from './bars';
import { atr } from './volatility';

/**
 * Average directional index (Wilder 1978; TA-Lib). Directional movement and true range are summed over the first
 * period − 1 changes and then smoothed as sum − sum / period + new; the directional indicators are defined from
 * bar `period` on, the ADX from bar 2·period − 1 on. `outputs`: adx, plus_di, minus_di.
 */
export function adx(
  bars: Bars,
  period: number,
  outputs: readonly [Float64Array, Float64Array, Float64Array],
): void {
  const [index, plus, minus] = outputs;
  const { high, low, close } = bars;
  let plusSum = 0;
  let minusSum = 0;
  let rangeSum = 0;
  let average = 0;
  for (let i = 0; i < close.length; i++) {
    index[i] = plus[i] = minus[i] = Number.NaN;
    if (i === 0) continue;
    if (i >= period) {
      plusSum -= plusSum / period;
      minusSum -= minusSum / period;
      rangeSum -= rangeSum / period;
    }
    const up = high[i]! - high[i - 1]!;
    const down = low[i - 1]! - low[i]!;
    if (up > down && up > 0) plusSum += up;
    else if (down > up && down > 0) minusSum += down;
    const previous = close[i - 1]!;
    rangeSum += Math.max(high[i]!, previous) - Math.min(low[i]!, previous);
    if (i < period) continue;
    const plusNow = rangeSum > 0 ? (100 * plusSum) / rangeSum : 0;
    const minusNow = rangeSum > 0 ? (100 * minusSum) / rangeSum : 0;
    plus[i] = plusNow;
    minus[i] = minusNow;
    const total = plusNow + minusNow;
    const directional = total > 0 ? (100 * Math.abs(plusNow - minusNow)) / total : null;
    // As TA-Lib has it, a bar without direction adds nothing to the seed and leaves the average as it was.
    if (i < 2 * period) average += (directional ?? 0) / period;
    else if (directional !== null) average += (directional - average) / period;
    if (i >= 2 * period - 1) index[i] = average;
  }
}

/**
 * SuperTrend (Seban): bands at (high + low) / 2 ± multiplier · ATR that only tighten while the close stays inside;
 * the line is the lower band in a rise and the upper in a fall, and changes when the close crosses it.
 * Starts as a rise. `outputs`: line, direction (1 up, −1 down).
 */
export function supertrend(
  bars: Bars,
  [period, multiplier]: readonly [number, number],
  outputs: readonly [Float64Array, Float64Array],
): void {
  const [line, direction] = outputs;
  const { high, low, close } = bars;
  const range = atr(bars, period, direction);
  let upper = Number.NaN;
  let lower = Number.NaN;
  let trend = 1;
  for (let i = 0; i < close.length; i++) {
    const width = range[i]! * multiplier;
    if (width !== width) {
      line[i] = Number.NaN;
      continue;
    }
    const middle = (high[i]! + low[i]!) / 2;
    const previous = i > 0 ? close[i - 1]! : Number.NaN;
    const newUpper = middle + width;
    const newLower = middle - width;
    if (!(newUpper >= upper && previous <= upper)) upper = newUpper;
    if (!(newLower <= lower && previous >= lower)) lower = newLower;
    if (trend === 1 ? close[i]! < lower : close[i]! > upper) trend = -trend;
    direction[i] = trend;
    line[i] = trend === 1 ? lower : upper;
  }
}
