import { expect, it } from 'vitest';
import { strategyPresets } from './presets';
import { readableStrategy } from './readable-strategy';
import { validateStrategy } from './validate-strategy';

function read(value: unknown): Record<string, string> {
  const result = validateStrategy(value);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return Object.fromEntries(
    readableStrategy(result.definition).map(({ label, text }) => [label, text]),
  );
}

it('says the SMA cross in words', () => {
  expect(read(strategyPresets[0]!.definition)).toEqual({
    f: 'Simple moving average of the close, period fast (10)',
    s: 'Simple moving average of the close, period slow (30)',
    'Enter long': 'when f crosses above s',
    'Enter short': 'when f crosses below s',
    'Opposite entry':
      'an entry the other way closes the position and opens the new one at the same open',
    Size: '100 % of equity, commission included, whole units',
  });
});

it('says everything else too', () => {
  const words = read({
    name: 'All',
    params: { n: { default: 3, min: 2, max: 9 } },
    indicators: { m: { macd: ['close'] } },
    entry: {
      long: {
        and: [
          { '>': ['m', 'm.signal'] },
          {
            or: [
              { between: ['close', 1, { '*': [2, 'open'] }] },
              { not: { weekday: ['mon', 'fri'] } },
            ],
          },
          { time_between: ['09:30', '16:00'] },
        ],
      },
    },
    exit: {
      long: { '<=': [{ shift: ['low', 1] }, { '-': [{ rsi: ['high', '$n'] }] }] },
      after_bars: '$n',
    },
    size: { fraction_of_equity: 0.07, whole_units: false },
    protect: { stop_loss_pct: 2, take_profit_pct: '$n', trailing_stop_pct: 1.5 },
  });
  expect(words).toEqual({
    m: 'Moving average convergence/divergence of the close, fast period 12, slow period 26, signal period 9',
    'Enter long':
      'when m is above m.signal and (the close lies from 1 to (2 × the open) or not the day is Monday or Friday) and the time is from 09:30 to before 16:00 UTC',
    'Exit long':
      'when the low 1 bar ago is at or below −(Relative strength index of the high, period n (3))',
    'Time limit': 'exit at the open once n (3) bars were held',
    Size: '7 % of equity, commission included, fractions of a unit allowed',
    'Stop loss': '2 % against the entry price',
    'Take profit': 'n (3) % in favour of the entry price',
    'Trailing stop': '1.5 % behind the best price since entry',
  });
});
