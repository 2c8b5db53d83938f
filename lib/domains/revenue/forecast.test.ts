import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastSeries, HORIZON, NEEDED_MONTHS } from './forecast';
import { forecasters } from './forecast-methods';

const line = (length: number, step: number) =>
  Array.from({ length }, (_, at) => 10_000 + at * step);
const errorsOf = (series: readonly number[]) => {
  const forecast = forecastSeries(series);
  if (!forecast) throw new Error('too short');
  return Object.fromEntries(forecast.backtest.errors.map(({ method, mae }) => [method, mae]));
};

describe('a forecast', () => {
  it('is none of too short a history', () => {
    expect(forecastSeries(line(NEEDED_MONTHS - 1, 100))).toBeNull();
    expect(forecastSeries(line(NEEDED_MONTHS, 100))).not.toBeNull();
  });

  it('goes on along a straight line, with no width, for there was no error', () => {
    const forecast = forecastSeries(line(12, 500));
    expect(forecast?.method).toBe('drift');
    expect(forecast?.steps.map(({ value }) => value)).toEqual(
      Array.from({ length: HORIZON }, (_, at) => 10_000 + (12 + at) * 500),
    );
    for (const { low, high, value } of forecast?.steps ?? []) {
      expect(low).toBeCloseTo(value, 6);
      expect(high).toBeCloseTo(value, 6);
    }
    expect(errorsOf(line(12, 500)).naive).toBeGreaterThan(0);
  });

  it('stays naive where nothing beats it', () => {
    const flat = forecastSeries(line(10, 0));
    expect(flat?.method).toBe('naive');
    // Forth and back: whoever sees a trend in it is wrong.
    const jumps = [100, 100, 100, 100, 200, 100, 200, 100, 200, 100, 200, 100];
    expect(errorsOf(jumps).naive).toBeLessThanOrEqual(errorsOf(jumps).holt ?? 0);
  });

  it('counts the errors of its back-test as by hand', () => {
    // Origins 4 and 5: forecasts of two months and of one.
    const forecast = forecastSeries([10, 20, 30, 40, 60, 50]);
    const naive = forecast?.backtest.errors.find(({ method }) => method === 'naive');
    // |60 - 40|, |50 - 40|, |50 - 60|
    expect(naive?.mae).toBeCloseTo((20 + 10 + 10) / 3, 10);
    expect(naive?.mapePct).toBeCloseTo((100 / 3 + 20 + 20) / 3, 10);
    expect(forecast?.backtest).toMatchObject({ forecasts: 3, origins: 2 });
  });

  it('is never worse than the naive one in its own back-test, widens, and holds its value', () => {
    const series = fc.array(fc.integer({ min: 0, max: 1_000_000 }), {
      minLength: NEEDED_MONTHS,
      maxLength: 30,
    });
    fc.assert(
      fc.property(series, (values) => {
        const forecast = forecastSeries(values);
        const errors = errorsOf(values);
        expect(errors[forecast?.method ?? '']).toBeLessThanOrEqual(errors.naive ?? 0);
        expect(forecast?.steps).toHaveLength(HORIZON);
        for (const { low, value, high } of forecast?.steps ?? []) {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(value);
          expect(high).toBeGreaterThanOrEqual(value);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('damps a trend: every step is smaller than the one before', () => {
    const told = forecasters.damped(line(12, 500), 6);
    const steps = told.map((value, at) => value - (told[at - 1] ?? 15_500));
    for (let at = 1; at < steps.length; at++) {
      expect(steps[at]).toBeLessThan(steps[at - 1] ?? 0);
      expect(steps[at]).toBeGreaterThan(0);
    }
  });
});
