import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sma } from '@/lib/domains/trading/indicators/moving-averages';
import { type Bars, sliceBars } from '@/lib/domains/trading/indicators/bars';
import { syntheticBars } from '@/lib/domains/trading/indicators/synthetic-bars';
import { createBufferPool } from './buffer-pool';
import { compileStrategy, StrategyCompileError } from './compile-strategy';
import type { StrategyDefinition } from './definition-shape';
import { strategyPresets } from './presets';
import { resolveParams } from './strategy-params';
import { validateStrategy } from './validate-strategy';

function definition(value: unknown): StrategyDefinition {
  const result = validateStrategy(value);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.definition;
}

const HOUR = 3_600_000;

/** Bars with the given closes; open, high and low follow the close, volume is the bar's number. */
function barsOf(close: number[], start = 0, spacing = HOUR): Bars {
  const column = Float64Array.from(close);
  return {
    time: column.map((_, i) => start + i * spacing),
    open: column.slice(),
    high: column.slice(),
    low: column.slice(),
    close: column,
    volume: column.map((_, i) => i),
  };
}

/** On which bars the condition holds. */
function flags(long: unknown, bars: Bars, extra: object = {}): number[] {
  const compiled = compileStrategy(definition({ name: 'T', entry: { long }, ...extra }));
  return [...compiled.signals(bars).entryLong!];
}

describe('expressions over columns', () => {
  const bars = barsOf([1, 2, 3, 2, 2, 0, 4]);

  it.each([
    [{ '>': ['close', 2] }, [0, 0, 1, 0, 0, 0, 1]],
    [{ '<': ['close', 2] }, [1, 0, 0, 0, 0, 1, 0]],
    [{ '>=': [2, 'close'] }, [1, 1, 0, 1, 1, 1, 0]],
    [{ '<=': ['close', { shift: ['close', 1] }] }, [0, 0, 0, 1, 1, 1, 0]],
    [{ '==': ['close', 2] }, [0, 1, 0, 1, 1, 0, 0]],
    [{ between: ['close', 2, 3] }, [0, 1, 1, 1, 1, 0, 0]],
    [{ crosses_above: ['close', 2] }, [0, 0, 1, 0, 0, 0, 1]],
    [{ crosses_below: ['close', 2] }, [0, 0, 0, 0, 0, 1, 0]],
    [{ '==': [{ '+': ['close', 1, 'volume'] }, 7] }, [0, 0, 0, 0, 1, 0, 0]],
    [{ '==': [{ '-': ['close', 'volume'] }, 1] }, [1, 1, 1, 0, 0, 0, 0]],
    [{ '==': [{ '*': ['close', 2, 'close'] }, 8] }, [0, 1, 0, 1, 1, 0, 0]],
    [{ '==': [{ '-': ['close'] }, -4] }, [0, 0, 0, 0, 0, 0, 1]],
    [{ '==': [{ highest: ['close', 3] }, 3] }, [0, 0, 1, 1, 1, 0, 0]],
    [{ not: { '>': ['close', 2] } }, [1, 1, 0, 1, 1, 1, 0]],
    [{ and: [{ '>': ['close', 1] }, { '<': ['close', 3] }] }, [0, 1, 0, 1, 1, 0, 0]],
    [{ or: [{ '>': ['close', 2] }, { '<': ['close', 1] }] }, [0, 0, 1, 0, 0, 1, 1]],
    [true, [1, 1, 1, 1, 1, 1, 1]],
    [{ '>': [{ '/': [6, 2] }, 2] }, [1, 1, 1, 1, 1, 1, 1]],
  ])('%j', (long, expected) => {
    expect(flags(long, bars)).toEqual(expected);
  });

  it('division by zero while running is undefined, and comparing with undefined is false', () => {
    const quotient = { '/': [1, 'close'] };
    expect(flags({ '>': [quotient, 0] }, bars)).toEqual([1, 1, 1, 1, 1, 0, 1]);
    expect(flags({ '<=': [quotient, 1e9] }, bars)[5]).toBe(0);
    expect(flags({ '==': [quotient, quotient] }, bars)[5]).toBe(0);
    expect(flags({ not: { '>': [quotient, 0] } }, bars)[5]).toBe(1);
  });

  it('a cross needs both bars defined, and a touch counts from the touch', () => {
    const shifted = { shift: ['close', 2] };
    expect(flags({ crosses_above: ['close', shifted] }, bars)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(flags({ crosses_above: ['close', 2] }, barsOf([3, 2, 3]))).toEqual([0, 0, 1]);
  });

  it('time of day and weekday are those of the bar, in UTC', () => {
    const friday = Date.UTC(2024, 0, 5, 21);
    const night = barsOf([1, 1, 1, 1, 1], friday);
    expect(flags({ time_between: ['22:00', '01:00'] }, night)).toEqual([0, 1, 1, 1, 0]);
    expect(flags({ time_between: ['00:00', '24:00'] }, night)).toEqual([1, 1, 1, 1, 1]);
    expect(flags({ time_between: ['21:00', '22:30'] }, night)).toEqual([1, 1, 0, 0, 0]);
    expect(flags({ weekday: ['sat', 'sun'] }, night)).toEqual([0, 0, 0, 1, 1]);
    expect(flags({ weekday: ['wed'] }, barsOf([1], Date.UTC(1969, 11, 31)))).toEqual([1]);
  });

  it('reads the outputs of an indicator by name or inline', () => {
    const long = syntheticBars(200, 5);
    const named = flags({ crosses_above: ['m', 'm.signal'] }, long, {
      indicators: { m: { macd: ['close', 5, 12, 4] } },
    });
    const inline = { macd: ['close', 5, 12, 4] };
    expect(named).toContain(1);
    expect(flags({ crosses_above: [inline, { output: [inline, 'signal'] }] }, long)).toEqual(named);
  });
});

describe('a compiled strategy', () => {
  const cross = definition(strategyPresets[0]!.definition);

  it('has its parameters filled in, and the warm-up of its indicators that follows', () => {
    expect(compileStrategy(cross).params).toEqual({ fast: 10, slow: 30 });
    expect(compileStrategy(cross).warmup).toBe(29);
    expect(compileStrategy(cross, { slow: 50 }).warmup).toBe(49);
    const warmup = (long: unknown) =>
      compileStrategy(definition({ name: 'W', entry: { long } })).warmup;
    const chained = { rsi: [{ sma: ['close', 10] }, 14] };
    expect(warmup({ '>': [{ shift: [chained, 5] }, 50] })).toBe(9 + 14);
    expect(warmup(true)).toBe(0);
  });

  it('computes the named indicators for charts', () => {
    const bars = syntheticBars(100, 2);
    const [f, s] = compileStrategy(cross, { fast: 7 }).indicators(bars);
    expect([f!.name, s!.name]).toEqual(['f', 's']);
    expect([...f!.outputs[0]!.values]).toEqual([...sma(bars.close, 7)]);
  });

  it('gives the same signals from dirty memory, again and again', () => {
    const pool = createBufferPool();
    for (const dirty of [new Float64Array(300).fill(9), new Float64Array(300).fill(-9)])
      pool.release(dirty);
    pool.release(new Uint8Array(300).fill(1));
    for (const preset of strategyPresets) {
      const compiled = compileStrategy(definition(preset.definition));
      const bars = syntheticBars(300, 11);
      expect(compiled.signals(bars, pool)).toEqual(compiled.signals(bars));
    }
  });

  it.each(strategyPresets.map((preset) => [preset.id, preset] as const))(
    '%s sees no later bar',
    (_, preset) => {
      const compiled = compileStrategy(definition(preset.definition));
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 500 }),
          fc.integer({ min: 1, max: 150 }),
          (seed, cut) => {
            const bars = syntheticBars(150, seed);
            const whole = compiled.signals(bars);
            const part = compiled.signals(sliceBars(bars, 0, cut));
            for (const rule of ['entryLong', 'entryShort', 'exitLong', 'exitShort'] as const) {
              expect(part[rule]).toEqual(whole[rule]?.subarray(0, cut) ?? null);
            }
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  it('tells how far it is', () => {
    const seen: number[] = [];
    compileStrategy(cross).signals(syntheticBars(50, 1), createBufferPool(), (done) =>
      seen.push(done),
    );
    expect(seen.at(-1)).toBe(1);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });
});

describe('parameter values', () => {
  const cross = definition(strategyPresets[0]!.definition);

  it.each([
    [{ fats: 5 }, 'params.fats', 'unknown_name'],
    [{ fast: 1 }, 'params.fast', 'out_of_range'],
    [{ fast: 10.5 }, 'params.fast', 'not_integer'],
    [{ fast: '10' }, 'params.fast', 'invalid_type'],
    [{ fast: Number.NaN }, 'params.fast', 'invalid_type'],
  ])('%j is refused', (params, path, code) => {
    expect(resolveParams(cross, params)).toMatchObject({ ok: false, errors: [{ path, code }] });
    expect(() => compileStrategy(cross, params)).toThrow(StrategyCompileError);
  });

  it('that clash are refused where they meet', () => {
    const clashing = definition({
      name: 'T',
      params: { a: { default: 5, min: 2, max: 40 }, b: { default: 20, min: 3, max: 40 } },
      indicators: { m: { macd: ['close', '$a', '$b'] } },
      entry: { long: { '>': ['m', 0] } },
    });
    const fault = { path: 'indicators.m.macd', code: 'range_upside_down' };
    expect(() => compileStrategy(clashing, { a: 30 })).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining(fault)] }),
    );
  });

  it('reach sizes, stops and holding times', () => {
    const compiled = compileStrategy(
      definition({
        name: 'T',
        params: { part: { default: 0.5, min: 0.1, max: 1 }, n: { default: 3, min: 1, max: 9 } },
        entry: { long: true },
        exit: { after_bars: '$n' },
        size: { fraction_of_equity: '$part', whole_units: false },
        protect: { stop_loss_pct: '$n', trailing_stop_pct: 2 },
      }),
      { n: 4 },
    );
    expect(compiled.exit).toEqual({ onOppositeEntry: true, afterBars: 4 });
    expect(compiled.size).toEqual({ fraction: 0.5, wholeUnits: false });
    expect(compiled.protect).toEqual({ stopLossPct: 4, takeProfitPct: null, trailingStopPct: 2 });
  });
});
