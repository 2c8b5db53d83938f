/**
 * Moving averages over a column. NaN is undefined; an undefined value inside the source restarts the warm-up
 * behind it. The value at t depends on values up to t alone.
 */

/**
 * Simple moving average of the last `period` values.
 * A running sum alone would drift. So a second one grows beside it and takes its place whenever it spans exactly
 * one window: rounding never outlives a window. A window of one repeated value gives exactly that value.
 */
export function sma(
  source: Float64Array,
  period: number,
  out: Float64Array = new Float64Array(source.length),
): Float64Array {
  const length = source.length;
  let sum = 0;
  let fresh = 0;
  let inBlock = 0;
  let run = 0;
  let repeated = 0;
  let previous = Number.NaN;
  for (let i = 0; i < length; i++) {
    const value = source[i]!;
    if (value !== value) {
      sum = fresh = inBlock = run = repeated = 0;
      out[i] = previous = value;
      continue;
    }
    repeated = value === previous ? repeated + 1 : 1;
    previous = value;
    run++;
    fresh += value;
    if (++inBlock === period) {
      sum = fresh;
      fresh = inBlock = 0;
    } else if (run > period) {
      sum += value - source[i - period]!;
    }
    out[i] = run < period ? Number.NaN : repeated >= period ? value : sum / period;
  }
  return out;
}

/** Exponential moving average, k = 2 / (period + 1), seeded with the mean of the first `period` values (TA-Lib). */
export function ema(
  source: Float64Array,
  period: number,
  out: Float64Array = new Float64Array(source.length),
): Float64Array {
  return smooth(source, period, 2 / (period + 1), out);
}

/** Wilder's moving average, k = 1 / period, seeded with the mean of the first `period` values (Wilder 1978). */
export function wilder(
  source: Float64Array,
  period: number,
  out: Float64Array = new Float64Array(source.length),
): Float64Array {
  return smooth(source, period, 1 / period, out);
}

function smooth(
  source: Float64Array,
  period: number,
  weight: number,
  out: Float64Array,
): Float64Array {
  const length = source.length;
  let sum = 0;
  let run = 0;
  let average = Number.NaN;
  for (let i = 0; i < length; i++) {
    const value = source[i]!;
    if (value !== value) {
      sum = run = 0;
      out[i] = average = Number.NaN;
      continue;
    }
    run++;
    if (run > period) {
      average += (value - average) * weight;
    } else {
      sum += value;
      average = run === period ? sum / period : Number.NaN;
    }
    out[i] = average;
  }
  return out;
}

/**
 * Linearly weighted moving average: the newest of `period` values weighs `period`, the oldest 1.
 * Sums are taken afresh once a window, which bounds rounding at no extra order of work.
 */
export function wma(
  source: Float64Array,
  period: number,
  out: Float64Array = new Float64Array(source.length),
): Float64Array {
  const length = source.length;
  const divisor = (period * (period + 1)) / 2;
  let run = 0;
  let sum = 0;
  let weighted = 0;
  for (let i = 0; i < length; i++) {
    const value = source[i]!;
    if (value !== value) {
      run = 0;
      out[i] = value;
      continue;
    }
    run++;
    if (run < period) {
      out[i] = Number.NaN;
      continue;
    }
    if (run % period === 0) {
      sum = weighted = 0;
      for (let k = 1; k <= period; k++) {
        const past = source[i - period + k]!;
        sum += past;
        weighted += past * k;
      }
    } else {
      weighted += value * period - sum;
      sum += value - source[i - period]!;
    }
    out[i] = weighted / divisor;
  }
  return out;
}

/**
 * Hull moving average (Alan Hull, 2005): WMA(2·WMA(period / 2) − WMA(period), √period), both lengths rounded down.
 */
export function hma(
  source: Float64Array,
  period: number,
  out: Float64Array = new Float64Array(source.length),
): Float64Array {
  const half = wma(source, Math.max(1, Math.floor(period / 2)));
  const full = wma(source, period);
  for (let i = 0; i < half.length; i++) half[i] = 2 * half[i]! - full[i]!;
  return wma(half, Math.max(1, Math.floor(Math.sqrt(period))), out);
}
