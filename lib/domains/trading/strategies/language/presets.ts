import type { z } from 'zod';
import type { definitionShape } from './definition-shape';

export interface StrategyPreset {
  readonly id: string;
  readonly title: string;
  /** What it does and when it tends to fail, for the person choosing. */
  readonly description: string;
  readonly definition: z.input<typeof definitionShape>;
}

const NO_PROTECTION = {
  stop_loss_pct: null,
  take_profit_pct: null,
  trailing_stop_pct: null,
} as const;

/** Documents to start from; each is valid as it stands. */
export const strategyPresets: readonly StrategyPreset[] = [
  {
    id: 'sma-cross',
    title: 'SMA cross',
    description:
      'Follows trends: long when the fast average crosses above the slow one, short when it crosses below, always in the market after the first cross. Loses in sideways markets, where the averages cross back and forth.',
    definition: {
      name: 'SMA cross',
      params: {
        fast: { default: 10, min: 2, max: 50 },
        slow: { default: 30, min: 10, max: 200 },
      },
      indicators: { f: { sma: ['close', '$fast'] }, s: { sma: ['close', '$slow'] } },
      entry: { long: { crosses_above: ['f', 's'] }, short: { crosses_below: ['f', 's'] } },
      exit: { on_opposite_entry: true },
      size: { fraction_of_equity: 1.0, whole_units: true },
      protect: NO_PROTECTION,
    },
  },
  {
    id: 'rsi-mean-reversion',
    title: 'RSI mean reversion',
    description:
      'Buys weakness: long when the RSI comes back up through the oversold level, out when it reaches the exit level or after a number of bars. A stop loss limits the damage when a fall goes on.',
    definition: {
      name: 'RSI mean reversion',
      params: {
        period: { default: 14, min: 2, max: 100 },
        oversold: { default: 30, min: 5, max: 45 },
        exit_level: { default: 55, min: 46, max: 90 },
        hold: { default: 20, min: 1, max: 250 },
      },
      indicators: { r: { rsi: ['close', '$period'] } },
      entry: { long: { crosses_above: ['r', '$oversold'] } },
      exit: { long: { '>=': ['r', '$exit_level'] }, after_bars: '$hold' },
      size: { fraction_of_equity: 1.0, whole_units: true },
      protect: { stop_loss_pct: 8, take_profit_pct: null, trailing_stop_pct: null },
    },
  },
  {
    id: 'donchian-breakout',
    title: 'Donchian breakout',
    description:
      'The turtle traders’ entry: long on a close above the highest high of the past bars, short on a close below their lowest low, out on a shorter channel the other way. Many small losses, few large gains.',
    definition: {
      name: 'Donchian breakout',
      params: {
        entry_bars: { default: 20, min: 5, max: 250 },
        exit_bars: { default: 10, min: 2, max: 100 },
      },
      indicators: { wide: { donchian: ['$entry_bars'] }, narrow: { donchian: ['$exit_bars'] } },
      entry: {
        long: { '>': ['close', { shift: ['wide.upper', 1] }] },
        short: { '<': ['close', { shift: ['wide.lower', 1] }] },
      },
      exit: {
        on_opposite_entry: true,
        long: { '<': ['close', { shift: ['narrow.lower', 1] }] },
        short: { '>': ['close', { shift: ['narrow.upper', 1] }] },
      },
      size: { fraction_of_equity: 0.5, whole_units: true },
      protect: NO_PROTECTION,
    },
  },
  {
    id: 'phld',
    title: 'PHLD',
    description:
      'NeoZork’s own: long while the pressure vector points up and the close lies above the predicted low, short while it points down and the close lies below the predicted high. Trades often, so costs matter.',
    definition: {
      name: 'PHLD',
      params: { point: { default: 0.01, min: 0.00001, max: 100 } },
      indicators: { p: { phld: ['$point'] } },
      entry: {
        long: { and: [{ '>': ['p.direction', 0] }, { '>': ['close', 'p.low'] }] },
        short: { and: [{ '<': ['p.direction', 0] }, { '<': ['close', 'p.high'] }] },
      },
      exit: { on_opposite_entry: true },
      size: { fraction_of_equity: 1.0, whole_units: true },
      protect: { stop_loss_pct: 5, take_profit_pct: null, trailing_stop_pct: null },
    },
  },
];
