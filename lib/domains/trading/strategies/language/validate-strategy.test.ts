import { describe, expect, it } from 'vitest';
import { strategyDefinitionSchema } from './schema';
import { strategyPresets } from './presets';
import { validateStrategy } from './validate-strategy';

/** A valid document with parts replaced. */
function document(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'Test',
    params: { fast: { default: 10, min: 2, max: 50 }, level: { default: 0, min: -5, max: 5 } },
    indicators: { f: { sma: ['close', '$fast'] }, m: { macd: ['close'] } },
    entry: { long: { '>': ['close', 'f'] } },
    ...parts,
  };
}

const entry = (long: unknown) => document({ entry: { long } });

function faults(value: unknown): { path: string; code: string }[] {
  const result = validateStrategy(value);
  return result.ok ? [] : result.errors.map(({ path, code }) => ({ path, code }));
}

describe('a valid document', () => {
  it.each(strategyPresets.map((preset) => [preset.id, preset.definition]))(
    '%s',
    (_, definition) => {
      expect(validateStrategy(definition)).toMatchObject({ ok: true });
    },
  );

  it('comes back with its defaults', () => {
    const result = validateStrategy({ name: ' Hold ', entry: { long: true } });
    expect(result).toEqual({
      ok: true,
      definition: {
        name: 'Hold',
        params: {},
        indicators: {},
        entry: { long: true },
        exit: { on_opposite_entry: true, after_bars: null },
        size: { fraction_of_equity: 1, whole_units: true },
        protect: { stop_loss_pct: null, take_profit_pct: null, trailing_stop_pct: null },
      },
    });
  });

  it.each([
    { crosses_above: ['m.macd', 'm.signal'] },
    { '>': [{ output: [{ macd: ['close', 3, 9, 4] }, 'histogram'] }, 0] },
    { '>': [{ shift: ['close', 3] }, { '-': ['close'] }] },
    { between: ['close', { '*': ['f', 0.9] }, { '*': ['f', 1.1] }] },
    { and: [{ time_between: ['22:00', '02:00'] }, { weekday: ['mon', 'fri'] }, { not: false }] },
    { or: [{ not: [{ '==': ['close', 'open'] }] }, { '<=': [{ rsi: [{ ema: ['close'] }] }, 30] }] },
    { '>=': [{ '/': ['close', { '+': ['$level', 'f'] }] }, '$level'] },
  ])('may say %j', (long) => {
    expect(faults(entry(long))).toEqual([]);
  });

  it('parses with the schema alone as with validateStrategy', () => {
    expect(strategyDefinitionSchema.safeParse(document()).success).toBe(true);
    const issue = strategyDefinitionSchema.safeParse(entry({ '>': ['close', 'q'] })).error
      ?.issues[0];
    expect(issue).toMatchObject({
      path: ['entry', 'long', '>', 1],
      params: { code: 'unknown_name' },
    });
  });
});

describe('a faulty expression is refused with its path', () => {
  it.each([
    ['an unknown name', { crosses_above: ['g', 'f'] }, 'crosses_above[0]', 'unknown_name'],
    ['an unknown parameter', { '>': ['close', '$slow'] }, '>[1]', 'unknown_name'],
    ['an unknown output', { '>': ['m.line', 0] }, '>[0]', 'unknown_output'],
    ['an output of a price', { '>': ['close.x', 0] }, '>[0]', 'unknown_name'],
    ['an unknown indicator', { '>': [{ smaa: ['close'] }, 1] }, '>[0].smaa', 'unknown_indicator'],
    ['an unknown operator', { '!=': ['close', 1] }, '!=', 'unknown_operator'],
    ['too few operands', { '>': ['close'] }, '>', 'wrong_arity'],
    ['too many operands', { '/': ['close', 'open', 2] }, '/', 'wrong_arity'],
    ['too many arguments', { '>': [{ sma: ['close', 5, 6] }, 1] }, '>[0].sma', 'wrong_arity'],
    ['no source', { '>': [{ sma: [] }, 1] }, '>[0].sma', 'wrong_arity'],
    ['a number as source', { '>': [{ rsi: [14] }, 1] }, '>[0].rsi[0]', 'type_mismatch'],
    ['operands that are no list', { '>': 'close' }, '>', 'invalid_type'],
    ['two operators', { '>': ['close', 1], '<': ['close', 2] }, '', 'wrong_arity'],
    ['no operator', {}, '', 'wrong_arity'],
    ['a list', [1], '', 'invalid_type'],
    ['null inside', { '>': [null, 1] }, '>[0]', 'invalid_type'],
    ['a number for a condition', 'close', '', 'type_mismatch'],
    ['a condition for a number', { '>': [{ '<': ['close', 1] }, 1] }, '>[0]', 'type_mismatch'],
    [
      'a look into the future',
      { '>': [{ shift: ['close', -1] }, 1] },
      '>[0].shift[1]',
      'look_ahead',
    ],
    [
      'a future by parameter',
      { '>': [{ shift: ['close', '$level'] }, 1] },
      '>[0].shift[1]',
      'look_ahead',
    ],
    ['a computed shift', { '>': [{ shift: ['close', 'f'] }, 1] }, '>[0].shift[1]', 'invalid_type'],
    ['half a bar', { '>': [{ shift: ['close', 1.5] }, 1] }, '>[0].shift[1]', 'not_integer'],
    ['a division by zero', { '>': [{ '/': ['close', 0] }, 1] }, '>[0]./[1]', 'division_by_zero'],
    ['a hidden zero', { '>': [{ '/': [1, { '-': [2, 2] }] }, 1] }, '>[0]./[1]', 'division_by_zero'],
    ['a zero by parameter', { '>': [{ '/': [1, '$level'] }, 1] }, '>[0]./[1]', 'division_by_zero'],
    ['an endless window', { '>': [{ sma: ['close', 1e6] }, 1] }, '>[0].sma[1]', 'out_of_range'],
    ['an empty window', { '>': [{ highest: ['high', 0] }, 1] }, '>[0].highest[1]', 'out_of_range'],
    ['half a window', { '>': [{ sma: ['close', 2.5] }, 1] }, '>[0].sma[1]', 'not_integer'],
    [
      'fast above slow',
      { '>': [{ macd: ['close', 30, 20] }, 1] },
      '>[0].macd',
      'range_upside_down',
    ],
    ['a range upside down', { between: ['close', 5, 4] }, 'between', 'range_upside_down'],
    ['infinity', { '>': ['close', Number.POSITIVE_INFINITY] }, '>[1]', 'not_finite'],
    ['not a number', { '>': ['close', Number.NaN] }, '>[1]', 'not_finite'],
    ['a huge number', { '>': ['close', 1e300] }, '>[1]', 'out_of_range'],
    ['25 o’clock', { time_between: ['25:00', '10:00'] }, 'time_between[0]', 'invalid_value'],
    ['an empty span', { time_between: ['10:00', '10:00'] }, 'time_between', 'invalid_value'],
    ['an unknown day', { weekday: ['mon', 'someday'] }, 'weekday[1]', 'invalid_value'],
    ['an operator from Object', { constructor: ['close', 1] }, 'constructor', 'unknown_indicator'],
  ])('%s', (_, long, path, code) => {
    const expected = { path: path === '' ? 'entry.long' : `entry.long.${path}`, code };
    expect(faults(entry(long))).toEqual([expected]);
  });

  it('lists all faults at once, with a suggestion for a slip', () => {
    const result = validateStrategy(
      entry({ and: [{ '>': ['q', 1] }, { '<': ['close', { emaa: ['close'] }] }] }),
    );
    if (result.ok) throw new Error('accepted');
    expect(result.errors.map((error) => error.path)).toEqual([
      'entry.long.and[0].>[0]',
      'entry.long.and[1].<[1].emaa',
    ]);
    expect(result.errors[1]?.message).toContain('Did you mean "ema"?');
  });
});

describe('a faulty document is refused', () => {
  const param = (fields: Record<string, unknown>) => document({ params: { fast: fields } });

  it.each([
    ['nothing', null, '', 'invalid_type'],
    ['a list', [], '', 'invalid_type'],
    ['no name', { entry: { long: true } }, 'name', 'required'],
    ['a blank name', document({ name: '  ' }), 'name', 'out_of_range'],
    ['an unknown field', document({ leverage: 5 }), 'leverage', 'unknown_field'],
    ['an unknown inner field', document({ exit: { never: true } }), 'exit.never', 'unknown_field'],
    ['no entry', document({ entry: {} }), 'entry', 'no_entry'],
    ['min above max', param({ default: 5, min: 9, max: 3 }), 'params.fast', 'range_upside_down'],
    [
      'a default outside',
      param({ default: 60, min: 2, max: 50 }),
      'params.fast.default',
      'default_out_of_range',
    ],
    [
      'an infinite bound',
      param({ default: 5, min: 2, max: Number.POSITIVE_INFINITY }),
      'params.fast.max',
      'not_finite',
    ],
    ['a text bound', param({ default: 5, min: '2', max: 9 }), 'params.fast.min', 'invalid_type'],
    [
      'a window past its limit',
      param({ default: 5, min: 2, max: 9_999 }),
      'indicators.f.sma[1]',
      'out_of_range',
    ],
    [
      'a window of halves',
      param({ default: 2.5, min: 2, max: 9 }),
      'indicators.f.sma[1]',
      'not_integer',
    ],
    [
      'a size above 1',
      document({ size: { fraction_of_equity: 1.5 } }),
      'size.fraction_of_equity',
      'out_of_range',
    ],
    [
      'a size of 0',
      document({ size: { fraction_of_equity: 0 } }),
      'size.fraction_of_equity',
      'out_of_range',
    ],
    [
      'a text size',
      document({ size: { fraction_of_equity: 'all' } }),
      'size.fraction_of_equity',
      'invalid_type',
    ],
    [
      'a stop above 100 %',
      document({ protect: { stop_loss_pct: 101 } }),
      'protect.stop_loss_pct',
      'out_of_range',
    ],
    [
      'an unknown stop',
      document({ protect: { stop_loss_pct: '$x' } }),
      'protect.stop_loss_pct',
      'unknown_name',
    ],
    ['half a bar held', document({ exit: { after_bars: 1.5 } }), 'exit.after_bars', 'not_integer'],
  ])('%s', (_, value, path, code) => {
    expect(faults(value)).toEqual([{ path, code }]);
  });

  it('reserved, odd and dangerous names', () => {
    const named = (name: string) =>
      `{"name":"T","indicators":{"${name}":{"sma":["close"]}},"entry":{"long":true}}`;
    expect(faults(JSON.parse(named('close')))).toEqual([
      { path: 'indicators.close', code: 'reserved_name' },
    ]);
    for (const name of ['1a', 'a.b', 'ünder']) {
      expect(faults(JSON.parse(named(name)))).toEqual([
        { path: `indicators.${name}`, code: 'invalid_name' },
      ]);
    }
    const polluted = validateStrategy(JSON.parse(named('__proto__')));
    expect(polluted.ok && Object.keys(polluted.definition.indicators)).toEqual([]);
    expect(faults(entry({ '>': ['toString', 'constructor'] })).map((fault) => fault.code)).toEqual([
      'unknown_name',
      'unknown_name',
    ]);
  });

  it('circular indicators', () => {
    const circle = document({
      indicators: { f: { sma: ['g', 5] }, g: { ema: [{ '+': ['h', 1] }] }, h: { shift: ['f', 1] } },
    });
    expect(faults(circle)).toEqual([{ path: 'indicators.h.shift[0]', code: 'circular_reference' }]);
    const self = document({ indicators: { f: { sma: ['f', 5] } } });
    expect(faults(self)).toEqual([{ path: 'indicators.f.sma[0]', code: 'circular_reference' }]);
  });

  it('documents too deep or too big, without running out of stack', () => {
    let deep: unknown = true;
    for (let i = 0; i < 100_000; i++) deep = { not: deep };
    expect(faults(entry(deep)).map((fault) => fault.code)).toEqual(['too_deep']);
    const wide = {
      or: Array.from({ length: 16 }, () => ({
        and: Array.from({ length: 16 }, () => ({ and: Array(16).fill(true) })),
      })),
    };
    expect(faults(entry(wide))).toEqual([{ path: '', code: 'too_big' }]);
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`i${i}`, { sma: ['close'] }]),
    );
    expect(faults(document({ indicators: { ...many, f: { sma: ['close'] } } }))).toEqual([
      { path: 'indicators', code: 'too_big' },
    ]);
  });
});
