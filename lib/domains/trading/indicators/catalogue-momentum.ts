import type { IndicatorSpec } from './indicator-spec';
import { cci, macd, rsi, stochastic } from './momentum';
import { barsParameter, inPanel, type One, period, type Three, type Two } from './spec-parts';

export const momentumIndicators: readonly IndicatorSpec[] = [
  {
    name: 'rsi',
    title: 'Relative strength index',
    family: 'momentum',
    takesSource: true,
    parameters: [period(14, { min: 2 })],
    outputs: [inPanel('value', 'RSI')],
    definition: 'The share of recent movement that went up, from 0 to 100.',
    formula: 'RSI = 100·U / (U + D); U and D are the Wilder averages of rises and falls',
    reference: 'J. Welles Wilder, 1978; TA-Lib RSI',
    warmup: ([n = 0]) => n,
    compute(_bars, source, params, outputs) {
      rsi(source, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'macd',
    title: 'Moving average convergence/divergence',
    family: 'momentum',
    takesSource: true,
    parameters: [
      barsParameter('fast', 'Fast period', 12),
      barsParameter('slow', 'Slow period', 26, { min: 2 }),
      barsParameter('signal', 'Signal period', 9),
    ],
    outputs: [
      inPanel('macd', 'MACD'),
      inPanel('signal', 'Signal'),
      inPanel('histogram', 'Histogram'),
    ],
    definition: 'The distance between a fast and a slow average, with an average of that distance.',
    formula: 'MACD = EMA(fast) − EMA(slow); signal = EMA(MACD); histogram = MACD − signal',
    reference: 'Gerald Appel; TA-Lib MACD',
    warmup: ([, slow = 0, signal = 0]) => slow + signal - 2,
    check: ([fast = 0, slow = 0]) =>
      fast < slow
        ? null
        : `The fast period (${fast}) has to be shorter than the slow one (${slow}).`,
    compute(_bars, source, params, outputs) {
      macd(source, params as Three<number>, outputs as Three<Float64Array>);
    },
  },
  {
    name: 'cci',
    title: 'Commodity channel index',
    family: 'momentum',
    takesSource: false,
    // The mean deviation is taken anew for each bar, so the work grows with the period.
    parameters: [period(20, { min: 2, max: 500 })],
    outputs: [inPanel('value', 'CCI')],
    definition: 'How far the price lies from its mean, in units of its usual distance.',
    formula: 'CCI = (TP − SMA(TP)) / (0.015 · mean |TP − SMA(TP)|), TP = (high + low + close) / 3',
    reference: 'Donald Lambert, 1980; TA-Lib CCI',
    warmup: ([n = 0]) => n - 1,
    compute(bars, _source, params, outputs) {
      cci(bars, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'stochastic',
    title: 'Stochastic oscillator',
    family: 'momentum',
    takesSource: false,
    parameters: [
      period(14),
      barsParameter('smoothing', 'Smoothing of %K', 3),
      barsParameter('signal', 'Period of %D', 3),
    ],
    outputs: [inPanel('k', '%K'), inPanel('d', '%D')],
    definition: 'Where the close lies in the range of the last bars, from 0 to 100.',
    formula: '%K = SMA(100 · (close − lowest low) / (highest high − lowest low)); %D = SMA(%K)',
    reference: 'George Lane; TA-Lib STOCH',
    warmup: ([n = 0, smoothing = 0, signal = 0]) => n + smoothing + signal - 3,
    compute(bars, _source, params, outputs) {
      stochastic(bars, params as Three<number>, outputs as Two<Float64Array>);
    },
  },
];
