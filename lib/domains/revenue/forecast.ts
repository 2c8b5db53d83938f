import { type Forecaster, forecasters } from './forecast-methods';
import { type ForecastMethod, forecastMethods } from './schemas';

/** Fewer complete months than this say nothing of the next ones. */
export const NEEDED_MONTHS = 6;
/** How far ahead it looks, in months. */
export const HORIZON = 6;
/** How often the interval is meant to hold, in percent. */
export const INTERVAL_PCT = 80;
/** The first back-test knows this many months. */
const FIRST_ORIGIN = 4;

/** A forecast of the back-test against what came, `step` months after its origin. */
type Miss = { step: number; miss: number; came: number };
export type BacktestError = { method: ForecastMethod; mae: number; mapePct: number | null };
export type Forecast = {
  method: ForecastMethod;
  /** Oldest first: the value and the interval around it, in the unit of the series, never below 0. */
  steps: { value: number; low: number; high: number }[];
  backtest: { forecasts: number; origins: number; errors: BacktestError[] };
};

/** Rolling origin: forecasts from every origin with what was known then, compared with what came. */
function backtest(series: readonly number[], forecaster: Forecaster): Miss[] {
  const misses: Miss[] = [];
  for (let origin = FIRST_ORIGIN; origin < series.length; origin++) {
    const came = series.slice(origin, origin + HORIZON);
    const told = forecaster(series.slice(0, origin), came.length);
    came.forEach((value, at) =>
      misses.push({ step: at + 1, miss: value - (told[at] ?? 0), came: value }),
    );
  }
  return misses;
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function errorOf(method: ForecastMethod, misses: readonly Miss[]): BacktestError {
  const comparable = misses.filter(({ came }) => came > 0);
  return {
    method,
    mae: mean(misses.map(({ miss }) => Math.abs(miss))),
    mapePct:
      comparable.length > 0
        ? mean(comparable.map(({ miss, came }) => (Math.abs(miss) / came) * 100))
        : null,
  };
}

/**
 * Half the interval's width one month ahead, such that `INTERVAL_PCT` of the back-test's forecasts lay within it, were
 * each miss shrunk by the square root of its months. With few forecasts it is the largest of them (the rank of
 * split conformal prediction).
 */
function spreadOf(misses: readonly Miss[]): number {
  const sorted = misses
    .map(({ step, miss }) => Math.abs(miss) / Math.sqrt(step))
    .sort((a, b) => a - b);
  const rank = Math.ceil(((sorted.length + 1) * INTERVAL_PCT) / 100);
  return sorted[Math.min(rank, sorted.length) - 1] ?? 0;
}

/**
 * Continues `series` (complete months, oldest first) with the method that missed least in the back-test; the naive one
 * unless another was better. Null below `NEEDED_MONTHS`.
 */
export function forecastSeries(series: readonly number[]): Forecast | null {
  if (series.length < NEEDED_MONTHS) return null;
  const tried = forecastMethods.map((method) => {
    const misses = backtest(series, forecasters[method]);
    return { method, misses, error: errorOf(method, misses) };
  });
  const chosen = tried.reduce((best, one) => (one.error.mae < best.error.mae ? one : best));
  const spread = spreadOf(chosen.misses);
  const steps = forecasters[chosen.method](series, HORIZON).map((value, at) => {
    const half = spread * Math.sqrt(at + 1);
    return {
      value: Math.max(0, value),
      low: Math.max(0, value - half),
      high: Math.max(0, value + half),
    };
  });
  return {
    method: chosen.method,
    steps,
    backtest: {
      forecasts: chosen.misses.length,
      origins: series.length - FIRST_ORIGIN,
      errors: tried.map(({ error }) => error),
    },
  };
}
