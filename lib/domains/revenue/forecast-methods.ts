import type { ForecastMethod } from './schemas';

/** Continues a series (oldest first, at least two values) by `steps` values. */
export type Forecaster = (series: readonly number[], steps: number) => number[];

const ahead = (steps: number, at: (step: number) => number): number[] =>
  Array.from({ length: steps }, (_, n) => at(n + 1));
const last = (series: readonly number[]) => series.at(-1) ?? 0;

/** Tomorrow is like today: what every other method has to beat. */
const naive: Forecaster = (series, steps) => ahead(steps, () => last(series));

/** The mean step so far goes on. */
const drift: Forecaster = (series, steps) => {
  const step = (last(series) - (series[0] ?? 0)) / Math.max(1, series.length - 1);
  return ahead(steps, (n) => last(series) + n * step);
};

const WEIGHTS = [0.1, 0.2, 0.3, 0.5, 0.7, 0.9];
const DAMPING = [0.8, 0.9, 0.95, 0.98];

type Smoothed = { level: number; trend: number; phi: number; squares: number };

/** Runs Holt's recursion with a damped trend over the series; `squares` are of its forecasts of one step. */
function smooth(series: readonly number[], alpha: number, beta: number, phi: number): Smoothed {
  let level = series[0] ?? 0;
  let trend = (series[1] ?? level) - level;
  let squares = 0;
  for (const value of series.slice(1)) {
    const expected = level + phi * trend;
    squares += (value - expected) ** 2;
    const next = alpha * value + (1 - alpha) * expected;
    trend = beta * (next - level) + (1 - beta) * phi * trend;
    level = next;
  }
  return { level, trend, phi, squares };
}

/**
 * Exponential smoothing of level and trend (Holt 1957; damped: Gardner and McKenzie 1985), with the weights that would
 * have told each month from the ones before it best.
 */
function smoothing(dampings: readonly number[]): Forecaster {
  return (series, steps) => {
    let best: Smoothed | null = null;
    for (const alpha of WEIGHTS) {
      for (const beta of WEIGHTS) {
        for (const phi of dampings) {
          const tried = smooth(series, alpha, beta, phi);
          if (!best || tried.squares < best.squares) best = tried;
        }
      }
    }
    if (!best) return naive(series, steps);
    const { level, trend, phi } = best;
    let grown = 0;
    return ahead(steps, (n) => {
      grown += phi ** n;
      return level + grown * trend;
    });
  };
}

/** In the order in which they are preferred among equals: the simplest first. */
export const forecasters: Record<ForecastMethod, Forecaster> = {
  naive,
  drift,
  holt: smoothing([1]),
  damped: smoothing(DAMPING),
};
