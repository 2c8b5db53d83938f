import type { Bars } from './bars';

const DAY_MS = 86_400_000;

/** On-balance volume (Granville 1963; TA-Lib): the running sum of volume, added on a rise, taken off on a fall. */
export function obv(
  source: Float64Array,
  volume: Float64Array,
  out: Float64Array = new Float64Array(source.length),
): Float64Array {
  let total = 0;
  let previous = Number.NaN;
  for (let i = 0; i < source.length; i++) {
    const value = source[i]!;
    const traded = volume[i]!;
    if (value !== value || traded !== traded) {
      out[i] = Number.NaN;
      continue;
    }
    if (previous !== previous) total = traded;
    else if (value > previous) total += traded;
    else if (value < previous) total -= traded;
    previous = value;
    out[i] = total;
  }
  return out;
}

/**
 * Volume-weighted average price: Σ typical price · volume / Σ volume, over the last `period` bars, or since the
 * start of the UTC day where `period` is 0. Undefined while no volume was traded.
 */
export function vwap(
  bars: Bars,
  period: number,
  out: Float64Array = new Float64Array(bars.close.length),
): Float64Array {
  return period === 0 ? sessionVwap(bars, out) : rollingVwap(bars, period, out);
}

function sessionVwap(bars: Bars, out: Float64Array): Float64Array {
  let day = Number.NaN;
  let value = 0;
  let traded = 0;
  for (let i = 0; i < out.length; i++) {
    const today = Math.floor(bars.time[i]! / DAY_MS);
    if (today !== day) {
      day = today;
      value = traded = 0;
    }
    const volume = bars.volume[i]!;
    value += typicalPrice(bars, i) * volume;
    traded += volume;
    out[i] = traded > 0 ? value / traded : Number.NaN;
  }
  return out;
}

/** Sums are taken afresh once a window, which bounds rounding at no extra order of work. */
function rollingVwap(bars: Bars, period: number, out: Float64Array): Float64Array {
  let value = 0;
  let traded = 0;
  for (let i = 0; i < out.length; i++) {
    const count = i + 1;
    if (count < period) {
      out[i] = Number.NaN;
      continue;
    }
    if (count % period === 0) {
      value = traded = 0;
      for (let k = i - period + 1; k <= i; k++) {
        value += typicalPrice(bars, k) * bars.volume[k]!;
        traded += bars.volume[k]!;
      }
    } else {
      const gone = i - period;
      value +=
        typicalPrice(bars, i) * bars.volume[i]! - typicalPrice(bars, gone) * bars.volume[gone]!;
      traded += bars.volume[i]! - bars.volume[gone]!;
    }
    out[i] = traded > 0 ? value / traded : Number.NaN;
  }
  return out;
}

function typicalPrice(bars: Bars, i: number): number {
  return (bars.high[i]! + bars.low[i]! + bars.close[i]!) / 3;
}
