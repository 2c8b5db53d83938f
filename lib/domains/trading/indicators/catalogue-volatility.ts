import type { IndicatorSpec } from './indicator-spec';
import { highest, lowest, standardDeviation } from './rolling-windows';
import {
  inPanel,
  numberParameter,
  type One,
  onPrice,
  period,
  type Three,
  type Two,
} from './spec-parts';
import { atr, bollinger, donchian } from './volatility';

export const volatilityIndicators: readonly IndicatorSpec[] = [
  {
    name: 'atr',
    title: 'Average true range',
    family: 'volatility',
    takesSource: false,
    parameters: [period(14)],
    outputs: [inPanel('value', 'ATR')],
    definition: 'How far the price usually travels in one bar, gaps included.',
    formula: 'Wilder average of max(high, close[t−1]) − min(low, close[t−1])',
    reference: 'J. Welles Wilder, 1978; TA-Lib ATR',
    warmup: ([n = 0]) => n,
    compute(bars, _source, params, outputs) {
      atr(bars, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'bollinger',
    title: 'Bollinger bands',
    family: 'volatility',
    takesSource: true,
    parameters: [
      period(20, { min: 2 }),
      numberParameter('width', 'Width', 2, { min: 0.01, max: 100 }),
    ],
    outputs: [
      onPrice('middle', 'Middle band'),
      onPrice('upper', 'Upper band'),
      onPrice('lower', 'Lower band'),
    ],
    definition: 'A moving average with a band on either side that widens when prices scatter.',
    formula: 'SMA(n) ± width · population standard deviation(n)',
    reference: 'John Bollinger; TA-Lib BBANDS',
    warmup: ([n = 0]) => n - 1,
    compute(_bars, source, params, outputs) {
      bollinger(source, params as Two<number>, outputs as Three<Float64Array>);
    },
  },
  {
    name: 'donchian',
    title: 'Donchian channel',
    family: 'volatility',
    takesSource: false,
    parameters: [period(20)],
    outputs: [
      onPrice('middle', 'Middle'),
      onPrice('upper', 'Upper channel'),
      onPrice('lower', 'Lower channel'),
    ],
    definition:
      'The highest high and lowest low of the last bars, this one included. Compare with the bar before to see a breakout.',
    formula: 'upper = max(high, n), lower = min(low, n), middle = (upper + lower) / 2',
    reference: 'Richard Donchian; TA-Lib MAX, MIN',
    warmup: ([n = 0]) => n - 1,
    compute(bars, _source, params, outputs) {
      donchian(bars, (params as One<number>)[0], outputs as Three<Float64Array>);
    },
  },
  {
    name: 'stdev',
    title: 'Standard deviation',
    family: 'statistics',
    takesSource: true,
    parameters: [period(20, { min: 2 })],
    outputs: [inPanel('value', 'Standard deviation')],
    definition: 'How widely the last values scatter around their mean.',
    formula: '√(Σ (x − mean)² / n)',
    reference: 'TA-Lib STDDEV (population)',
    warmup: ([n = 0]) => n - 1,
    compute(_bars, source, params, outputs) {
      standardDeviation(source, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'highest',
    title: 'Highest',
    family: 'statistics',
    takesSource: true,
    parameters: [period(20)],
    outputs: [onPrice('value', 'Highest')],
    definition: 'The highest of the last values, this one included.',
    formula: 'max(x[t], …, x[t−n+1])',
    reference: 'TA-Lib MAX',
    warmup: ([n = 0]) => n - 1,
    compute(_bars, source, params, outputs) {
      highest(source, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'lowest',
    title: 'Lowest',
    family: 'statistics',
    takesSource: true,
    parameters: [period(20)],
    outputs: [onPrice('value', 'Lowest')],
    definition: 'The lowest of the last values, this one included.',
    formula: 'min(x[t], …, x[t−n+1])',
    reference: 'TA-Lib MIN',
    warmup: ([n = 0]) => n - 1,
    compute(_bars, source, params, outputs) {
      lowest(source, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
];
