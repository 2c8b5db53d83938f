import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bars, sliceBars } from './bars';
import { indicatorCatalogue } from './catalogue';
import { computeIndicator } from './compute-indicator';
import type { IndicatorSpec } from './indicator-spec';
import { syntheticBars } from './synthetic-bars';

function compute(spec: IndicatorSpec, bars: Bars, params: readonly number[]): Float64Array[] {
  // Scratch memory comes dirty: an output that is not written through would show.
  const outputs = spec.outputs.map(() => new Float64Array(bars.close.length).fill(777));
  spec.compute(bars, bars.close, params, outputs);
  return outputs;
}

const defaults = (spec: IndicatorSpec) => spec.parameters.map((parameter) => parameter.default);

/** Small parameters, so that short series have something to compute. */
const smallParams = (spec: IndicatorSpec) =>
  fc
    .tuple(
      ...spec.parameters.map((parameter) =>
        parameter.kind === 'integer'
          ? fc.integer({ min: parameter.min, max: 12 })
          : fc.double({ min: parameter.min, max: Math.min(parameter.max, 5), noNaN: true }),
      ),
    )
    .filter((params) => (spec.check?.(params) ?? null) === null);

describe('the indicator catalogue', () => {
  it('has each name once, and defaults inside the ranges', () => {
    const names = indicatorCatalogue.map((spec) => spec.name);
    expect(new Set(names).size).toBe(names.length);
    for (const spec of indicatorCatalogue) {
      for (const parameter of spec.parameters) {
        expect(parameter.default).toBeGreaterThanOrEqual(parameter.min);
        expect(parameter.default).toBeLessThanOrEqual(parameter.max);
      }
      expect(spec.check?.(defaults(spec)) ?? null).toBeNull();
    }
  });

  describe.each(indicatorCatalogue.map((spec) => [spec.name, spec] as const))('%s', (_, spec) => {
    it('sees no later bar: a cut series gives the same beginning', () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 1_000 }),
          fc.integer({ min: 1, max: 79 }),
          smallParams(spec),
          (seed, cut, params) => {
            const bars = syntheticBars(80, seed, 3_600_000);
            const whole = compute(spec, bars, params);
            const part = compute(spec, sliceBars(bars, 0, cut), params);
            part.forEach((column, output) =>
              expect([...column]).toEqual([...whole[output]!.subarray(0, cut)]),
            );
          },
        ),
        { numRuns: 30 },
      );
    });

    it('is undefined exactly for its warm-up', () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 100 }), smallParams(spec), (seed, params) => {
          const outputs = compute(spec, syntheticBars(80, seed), params);
          const starts = outputs.map((column) => column.findIndex((value) => !Number.isNaN(value)));
          expect(Math.max(...starts)).toBe(spec.warmup(params));
          outputs.forEach((column, output) =>
            expect(column.subarray(starts[output]).some(Number.isNaN)).toBe(false),
          );
        }),
        { numRuns: 20 },
      );
    });

    it('takes series of any length', () => {
      for (const length of [0, 1, 2, 3]) {
        const bars = syntheticBars(length, 1);
        for (const column of compute(spec, bars, defaults(spec))) {
          expect(column).toHaveLength(length);
          expect(column.includes(777)).toBe(false);
        }
      }
    });
  });
});

describe('computing one indicator by name', () => {
  const bars = syntheticBars(50, 3);

  it('fills in defaults and names the outputs', () => {
    const result = computeIndicator(bars, 'macd', { fast: 5 });
    expect(result).toMatchObject({ ok: true, params: { fast: 5, slow: 26, signal: 9 } });
    expect(result.ok && result.outputs.map((output) => output.name)).toContain('signal');
  });

  it('reads the column that it is asked for', () => {
    const result = computeIndicator(bars, 'sma', { period: 1 }, 'high');
    if (!result.ok) throw new Error('refused');
    expect([...result.outputs[0]!.values]).toEqual([...bars.high]);
  });

  it.each([
    ['nope', {}, 'close', 'name', 'unknown_indicator'],
    ['sma', { length: 5 }, 'close', 'params.length', 'unknown_name'],
    ['sma', { period: 0 }, 'close', 'params.period', 'out_of_range'],
    ['sma', { period: Number.NaN }, 'close', 'params.period', 'out_of_range'],
    ['sma', { period: 2.5 }, 'close', 'params.period', 'not_integer'],
    ['sma', {}, 'time', 'source', 'unknown_name'],
    ['macd', { fast: 30 }, 'close', 'params', 'out_of_range'],
  ])('refuses %s %j of %s at %s', (name, params, source, path, code) => {
    const result = computeIndicator(bars, name, params, source);
    expect(result).toMatchObject({ ok: false, faults: [{ path, code }] });
  });
});
