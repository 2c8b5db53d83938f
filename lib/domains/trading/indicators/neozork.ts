import type { Bars } from './bars';

/** e = ½·ln π, the constant of the PV_HighLow channel. */
const HALF_LOG_PI = 0.5 * Math.log(Math.PI);

/** HL[t] = (high[t−1] − low[t−1]) / point: the range of the bar before, in points; 0 on the first bar. */
export function hl(
  bars: Bars,
  point: number,
  out: Float64Array = new Float64Array(bars.close.length),
): Float64Array {
  const { high, low } = bars;
  if (out.length > 0) out[0] = 0;
  for (let i = 1; i < out.length; i++) out[i] = (high[i - 1]! - low[i - 1]!) / point;
  return out;
}

/** Pressure[t] = volume[t−1] / HL[t−1]: volume for each point of range. Undefined where HL is 0. */
export function pressure(
  bars: Bars,
  point: number,
  out: Float64Array = new Float64Array(bars.close.length),
): Float64Array {
  const { high, low, volume } = bars;
  for (let i = 0; i < out.length; i++) {
    const range = i >= 2 ? (high[i - 2]! - low[i - 2]!) / point : 0;
    out[i] = range === 0 ? Number.NaN : volume[i - 1]! / range;
  }
  return out;
}

/** Pressure vector: PV[t] = Pressure[t] − Pressure[t−1]. First defined on the fourth bar. */
export function pressureVector(
  bars: Bars,
  point: number,
  out: Float64Array = new Float64Array(bars.close.length),
): Float64Array {
  pressure(bars, point, out);
  let previous = Number.NaN;
  for (let i = 0; i < out.length; i++) {
    const value = out[i]!;
    out[i] = value - previous;
    previous = value;
  }
  return out;
}

/**
 * PHLD: predicted low and high at open ∓ HL·point / 2, and the direction of the pressure vector: 1 (buy) above
 * zero, −1 (sell) below, 0 at zero. `outputs`: direction, low, high.
 */
export function phld(
  bars: Bars,
  point: number,
  outputs: readonly [Float64Array, Float64Array, Float64Array],
): void {
  const [direction, predictedLow, predictedHigh] = outputs;
  const { open } = bars;
  pressureVector(bars, point, direction);
  hl(bars, point, predictedLow);
  for (let i = 0; i < open.length; i++) {
    const half = (predictedLow[i]! * point) / 2;
    predictedLow[i] = open[i]! - half;
    predictedHigh[i] = open[i]! + half;
    direction[i] = Math.sign(direction[i]!);
  }
}

/**
 * PV_HighLow, with e = ½·ln π: low = open − (HL·e·point + e³·PV·point), high = open + (HL·e·point − e³·PV·point).
 * `outputs`: low, high.
 */
export function pressureHighLow(
  bars: Bars,
  point: number,
  outputs: readonly [Float64Array, Float64Array],
): void {
  const [predictedLow, predictedHigh] = outputs;
  const { open } = bars;
  hl(bars, point, predictedLow);
  pressureVector(bars, point, predictedHigh);
  for (let i = 0; i < open.length; i++) {
    const range = predictedLow[i]! * HALF_LOG_PI * point;
    const push = HALF_LOG_PI ** 3 * predictedHigh[i]! * point;
    predictedLow[i] = open[i]! - (range + push);
    predictedHigh[i] = open[i]! + (range - push);
  }
}
