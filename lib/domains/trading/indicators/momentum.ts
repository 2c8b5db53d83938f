import type { Bars } from './bars';
import { ema, sma } from './moving-averages';
import { highest, lowest } from './rolling-windows';

/**
 * Relative strength index (Wilder 1978; TA-Lib): 100·U / (U + D) with U and D the Wilder averages of rises and
 * falls. First defined after `period` changes; 0 where nothing moved.
 */
export function rsi(
  source: Float64Array,
  period: number,
  out: Float64Array = new Float64Array(source.length),
): Float64Array {
  let run = 0;
  let up = 0;
  let down = 0;
  let previous = Number.NaN;
  for (let i = 0; i < source.length; i++) {
    const value = source[i]!;
    const change = value - previous;
    previous = value;
    out[i] = Number.NaN;
    if (change !== change) {
      run = up = down = 0;
      continue;
    }
    const rise = change > 0 ? change : 0;
    const fall = change < 0 ? -change : 0;
    run++;
    if (run <= period) {
      up += rise / period;
      down += fall / period;
    } else {
      up += (rise - up) / period;
      down += (fall - down) / period;
    }
    if (run >= period) out[i] = up + down > 0 ? (100 * up) / (up + down) : 0;
  }
  return out;
}

/**
 * Moving average convergence/divergence (Appel; TA-Lib): EMA(fast) − EMA(slow), its EMA(signal), and their
 * difference. As in TA-Lib the fast average is seeded so that both start on the same bar, and all three
 * outputs start together, where the signal does. `outputs`: macd, signal, histogram.
 */
export function macd(
  source: Float64Array,
  [fast, slow, signal]: readonly [number, number, number],
  outputs: readonly [Float64Array, Float64Array, Float64Array],
): void {
  const [line, smoothed, histogram] = outputs;
  ema(source, slow, histogram);
  const weight = 2 / (fast + 1);
  let average = Number.NaN;
  for (let i = 0; i < source.length; i++) {
    const slowAverage = histogram[i]!;
    if (slowAverage !== slowAverage) average = Number.NaN;
    else if (average !== average) average = windowMean(source, i, fast);
    else average += (source[i]! - average) * weight;
    line[i] = average - slowAverage;
  }
  ema(line, signal, smoothed);
  for (let i = 0; i < source.length; i++) {
    const difference = line[i]! - smoothed[i]!;
    histogram[i] = difference;
    if (difference !== difference) line[i] = Number.NaN;
  }
}

function windowMean(source: Float64Array, last: number, period: number): number {
  let sum = 0;
  for (let i = last - period + 1; i <= last; i++) sum += source[i]!;
  return sum / period;
}

/**
 * Commodity channel index (Lambert 1980; TA-Lib): (TP − SMA(TP)) / (0.015 · mean absolute deviation), with the
 * typical price TP = (high + low + close) / 3; 0 where the window does not move.
 */
export function cci(
  bars: Bars,
  period: number,
  out: Float64Array = new Float64Array(bars.close.length),
): Float64Array {
  const { high, low, close } = bars;
  const typical = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) typical[i] = (high[i]! + low[i]! + close[i]!) / 3;
  sma(typical, period, out);
  for (let i = period - 1; i < close.length; i++) {
    const average = out[i]!;
    let deviation = 0;
    for (let k = i - period + 1; k <= i; k++) deviation += Math.abs(typical[k]! - average);
    const scale = (0.015 * deviation) / period;
    out[i] = deviation === 0 ? 0 : (typical[i]! - average) / scale;
  }
  return out;
}

/**
 * Slow stochastic (Lane; TA-Lib STOCH with simple averages): %K = SMA(100 · (close − lowest) / (highest − lowest),
 * smoothing), %D = SMA(%K). 0 where the window does not move; both start together. `outputs`: k, d.
 */
export function stochastic(
  bars: Bars,
  [period, smoothing, signal]: readonly [number, number, number],
  outputs: readonly [Float64Array, Float64Array],
): void {
  const [k, d] = outputs;
  const { close } = bars;
  const top = highest(bars.high, period);
  const bottom = lowest(bars.low, period, d);
  for (let i = 0; i < close.length; i++) {
    const span = top[i]! - bottom[i]!;
    top[i] = span === 0 ? 0 : (100 * (close[i]! - bottom[i]!)) / span;
  }
  sma(top, smoothing, k);
  sma(k, signal, d);
  for (let i = 0; i < close.length; i++) {
    const defined = d[i]!;
    if (defined !== defined) k[i] = Number.NaN;
  }
}
