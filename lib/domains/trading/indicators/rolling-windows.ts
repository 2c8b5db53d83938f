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
 * Keeps the indices that may still become the extreme in a ring (a monotone queue), so that the work per bar
 * does not grow with the period.
 */
function extreme(
  source: Float64Array,
  period: number,
  sign: 1 | -1,
  out: Float64Array,
): Float64Array {
  const length = source.length;
  const capacity = Math.min(period, length) + 1;
  const queue = new Int32Array(capacity);
  let head = 0;
  let size = 0;
  let run = 0;
  for (let i = 0; i < length; i++) {
    const value = source[i]!;
    if (value !== value) {
      size = run = 0;
      out[i] = value;
      continue;
    }
    run++;
    if (size > 0 && queue[head]! <= i - period) {
      head = head + 1 === capacity ? 0 : head + 1;
      size--;
    }
    while (size > 0) {
      const last = (head + size - 1) % capacity;
      if (source[queue[last]!]! * sign > value * sign) break;
      size--;
    }
    queue[(head + size) % capacity] = i;
    size++;
    out[i] = run >= period ? source[queue[head]!]! : Number.NaN;
  }
  return out;
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
