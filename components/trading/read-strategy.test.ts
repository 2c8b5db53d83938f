import { describe, expect, it } from 'vitest';
import { strategyPresets } from '@/lib/domains/trading/strategies/language';
import { paramsOf, withValue } from './definition-parts';
import { jsonLines, lineOf, syntaxLine } from './json-lines';
import { strategySentences } from './strategy-words';

describe('a strategy in words', () => {
  it('says what the presets do', () => {
    expect(strategyPresets.map(({ definition }) => strategySentences(definition))).toMatchObject([
      [
        'Buys when SMA(10) crosses above SMA(30).',
        'Sells short when SMA(10) crosses below SMA(30).',
        'An entry the other way closes the position and opens the new one.',
        'Each entry takes 100 % of the equity, in whole units.',
      ],
      [
        'Buys when RSI(14) crosses above 30.',
        'Closes a long position when RSI(14) is at or above 55.',
        'Closes after 20 bars at the latest.',
        'Stops the loss 8 % against the entry.',
        'Each entry takes 100 % of the equity, in whole units.',
      ],
      [
        'Buys when the close is above upper of DONCHIAN(20) one bar ago.',
        'Sells short when the close is below lower of DONCHIAN(20) one bar ago.',
        'An entry the other way closes the position and opens the new one.',
        'Closes a long position when the close is below lower of DONCHIAN(10) one bar ago.',
        'Closes a short position when the close is above upper of DONCHIAN(10) one bar ago.',
        'Each entry takes 50 % of the equity, in whole units.',
      ],
      { length: 5 },
    ]);
  });

  it.each([[null], [{}], [{ entry: { long: {} } }], [{ entry: 5, indicators: [], params: 'x' }]])(
    'doesn’t stumble over %o',
    (definition) => {
      expect(strategySentences(definition).at(-1)).toContain('of the equity');
    },
  );

  it('ends for indicators that go in circles', () => {
    const definition = { indicators: { a: { sma: ['a', 2] } }, entry: { long: { '>': ['a', 1] } } };
    expect(strategySentences(definition)[0]).toMatch(/^Buys when SMA/);
  });
});

describe('lines of a JSON text', () => {
  const text = `{
  "name": "x",
  "entry": {
    "long": {
      "crosses_above": ["f",
        "s"]
    }
  },
  "params": { "fast": { "default": 1 } }
}`;
  const lines = jsonLines(text);

  it.each([
    ['', 1],
    ['name', 2],
    ['entry.long', 4],
    ['entry.long.crosses_above', 5],
    ['entry.long.crosses_above[0]', 5],
    ['entry.long.crosses_above[1]', 6],
    ['params.fast.default', 9],
    ['params.fast.min', 9],
    ['exit.long', 1],
  ])('%s is on line %d', (path, line) => {
    expect(lineOf(lines, path)).toBe(line);
  });

  it('are known as far as the text goes', () => {
    const broken = jsonLines('{\n"a": 1,\n"b": {"c": ');
    expect([lineOf(broken, 'a'), lineOf(broken, 'b')]).toEqual([2, 3]);
    expect(jsonLines('').size).toBe(0);
    expect(syntaxLine('{\n"a": x}', 'Unexpected token at position 7')).toBe(2);
  });
});

it('changes one value and leaves the rest', () => {
  const before = { name: 'x', size: { whole_units: true } };
  expect(withValue(before, ['size', 'fraction_of_equity'], 0.5)).toEqual({
    name: 'x',
    size: { whole_units: true, fraction_of_equity: 0.5 },
  });
  expect(withValue({}, ['protect', 'stop_loss_pct'], null)).toEqual({
    protect: { stop_loss_pct: null },
  });
  expect(before).toEqual({ name: 'x', size: { whole_units: true } });
  expect(paramsOf({ params: { a: { default: 1, min: 0, max: 2 }, b: 5 } })).toEqual([
    { name: 'a', value: 1, min: 0, max: 2 },
  ]);
});
