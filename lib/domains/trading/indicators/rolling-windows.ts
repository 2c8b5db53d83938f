/** Extremes and spread of the last `period` values, the present one included. A window with a gap is undefined. */

/** Highest of the last `period` values. */
export function highest(
  source: Float64Array,
  period: number,
  out: Float64Array = new Float64Array(source.length),
): Float64Array {
  return extreme(source, period, 1, out);
}

/** Lowest of the last `period` values. */
export function lowest(
  source: Float64Array,
  period: number,
  out: Float64Array = new Float64Array(source.length),
): Float64Array {
  return extreme(source, period, -1, out);
}

/**
 * Cuts the column into blocks of one period (van Herk 1992): a window is the tail of one block and the head of the
 * next, and both extremes are known from one pass each. So the work per bar does not grow with the period.
 */
function extreme(
  source: Float64Array,
  period: number,
  sign: 1 | -1,
  out: Float64Array,
): Float64Array {
  const length = source.length;
  const tail = new Float64Array(Math.min(period, length) + 1);
  let run = 0;
  let inBlock = 0;
  let head = Number.NaN;
  for (let i = 0; i < length; i++) {
    const value = source[i]!;
    if (value !== value) {
      run = inBlock = 0;
      out[i] = value;
      continue;
    }
    run++;
    if (inBlock === 0 || value * sign > head * sign) head = value;
    inBlock++;
    if (inBlock === period) {
      out[i] = head;
      fillTail(source, i, sign, tail);
      inBlock = 0;
    } else {
      const past = tail[inBlock]!;
      out[i] = run < period ? Number.NaN : past * sign > head * sign ? past : head;
    }
  }
  return out;
}

/** `tail[k]` becomes the extreme of the block's values from its k-th on; the block ends at `last`. */
function fillTail(source: Float64Array, last: number, sign: 1 | -1, tail: Float64Array): void {
  const period = tail.length - 1;
  let best = source[last]!;
  for (let k = period - 1; k >= 0; k--) {
    const value = source[last - period + 1 + k]!;
    if (value * sign > best * sign) best = value;
    tail[k] = best;
  }
}

/**
 * Population standard deviation of the last `period` values (TA-Lib STDDEV).
 * Sums are kept of deviations from a pivot that is moved to the window's mean once a window: the textbook
 * difference of large squares would lose all digits on prices that move little.
 */
export function standardDeviation(
  source: Float64Array,
  period: number,
  out: Float64Array = new Float64Array(source.length),
): Float64Array {
  const length = source.length;
  let run = 0;
  let repeated = 0;
  let pivot = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const value = source[i]!;
    if (value !== value) {
      run = repeated = 0;
      out[i] = value;
      continue;
    }
    repeated = run > 0 && value === source[i - 1]! ? repeated + 1 : 1;
    run++;
    if (run < period) {
      out[i] = Number.NaN;
      continue;
    }
    if (run % period === 0) {
      pivot = mean(source, i - period + 1, i);
      sum = squares = 0;
      for (let k = i - period + 1; k <= i; k++) {
        const deviation = source[k]! - pivot;
        sum += deviation;
        squares += deviation * deviation;
      }
    } else {
      const added = value - pivot;
      const removed = source[i - period]! - pivot;
      sum += added - removed;
      squares += added * added - removed * removed;
    }
    const variance = (squares - (sum * sum) / period) / period;
    out[i] = repeated >= period || variance <= 0 ? 0 : Math.sqrt(variance);
  }
  return out;
}

function mean(source: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i <= to; i++) sum += source[i]!;
  return sum / (to - from + 1);
}
