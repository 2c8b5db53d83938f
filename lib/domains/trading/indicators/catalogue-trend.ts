import type { IndicatorSpec } from './indicator-spec';
import { ema, hma, sma, wma } from './moving-averages';
import { parabolicSar } from './parabolic-sar';
import {
  inPanel,
  numberParameter,
  type One,
  onPrice,
  period,
  type Three,
  type Two,
} from './spec-parts';
import { adx, supertrend } from './trend';

export const trendIndicators: readonly IndicatorSpec[] = [
  {
    name: 'sma',
    title: 'Simple moving average',
    family: 'trend',
    takesSource: true,
    parameters: [period(20)],
    outputs: [onPrice('value', 'SMA')],
    definition: 'The mean of the last bars, all weighing the same.',
    formula: 'SMA[t] = (x[t] + x[t−1] + … + x[t−n+1]) / n',
    reference: 'TA-Lib SMA',
    warmup: ([n = 0]) => n - 1,
    compute(_bars, source, params, outputs) {
      sma(source, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'ema',
    title: 'Exponential moving average',
    family: 'trend',
    takesSource: true,
    parameters: [period(20)],
    outputs: [onPrice('value', 'EMA')],
    definition: 'A mean in which every older bar weighs a little less.',
    formula:
      'EMA[t] = EMA[t−1] + 2/(n+1) · (x[t] − EMA[t−1]); the first value is the mean of n bars',
    reference: 'TA-Lib EMA',
    warmup: ([n = 0]) => n - 1,
    compute(_bars, source, params, outputs) {
      ema(source, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'wma',
    title: 'Weighted moving average',
    family: 'trend',
    takesSource: true,
    parameters: [period(20)],
    outputs: [onPrice('value', 'WMA')],
    definition:
      'A mean in which weights fall in a straight line from the newest bar to the oldest.',
    formula: 'WMA[t] = (n·x[t] + (n−1)·x[t−1] + … + x[t−n+1]) / (n(n+1)/2)',
    reference: 'TA-Lib WMA',
    warmup: ([n = 0]) => n - 1,
    compute(_bars, source, params, outputs) {
      wma(source, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'hma',
    title: 'Hull moving average',
    family: 'trend',
    takesSource: true,
    parameters: [period(16, { min: 2 })],
    outputs: [onPrice('value', 'HMA')],
    definition: 'A weighted average with most of the usual lag taken out.',
    formula: 'HMA = WMA(2·WMA(x, n/2) − WMA(x, n), √n), lengths rounded down',
    reference: 'Alan Hull, 2005',
    warmup: ([n = 0]) => n - 2 + Math.max(1, Math.floor(Math.sqrt(n))),
    compute(_bars, source, params, outputs) {
      hma(source, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'adx',
    title: 'Average directional index',
    family: 'trend',
    takesSource: false,
    parameters: [period(14, { min: 2 })],
    outputs: [inPanel('adx', 'ADX'), inPanel('plus_di', '+DI'), inPanel('minus_di', '−DI')],
    definition:
      'How strong a trend is, from 0 to 100, whatever its direction; +DI and −DI tell the direction.',
    formula:
      'ADX = Wilder average of 100·|+DI − −DI| / (+DI + −DI); ±DI = 100 · smoothed ±DM / smoothed true range',
    reference: 'J. Welles Wilder, 1978; TA-Lib ADX, PLUS_DI, MINUS_DI',
    warmup: ([n = 0]) => 2 * n - 1,
    compute(bars, _source, params, outputs) {
      adx(bars, (params as One<number>)[0], outputs as Three<Float64Array>);
    },
  },
  {
    name: 'sar',
    title: 'Parabolic SAR',
    family: 'trend',
    takesSource: false,
    parameters: [
      numberParameter('step', 'Acceleration step', 0.02, { min: 0.0001, max: 1 }),
      numberParameter('limit', 'Acceleration limit', 0.2, { min: 0.0001, max: 1 }),
    ],
    outputs: [onPrice('value', 'SAR')],
    definition:
      'A stop that follows the price faster the longer a trend lasts, and turns when touched.',
    formula: 'SAR[t+1] = SAR[t] + a·(EP − SAR[t]); a grows by the step with each new extreme EP',
    reference: 'J. Welles Wilder, 1978; TA-Lib SAR',
    warmup: () => 1,
    compute(bars, _source, params, outputs) {
      const [step, limit] = params as Two<number>;
      parabolicSar(bars, step, limit, (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'supertrend',
    title: 'SuperTrend',
    family: 'trend',
    takesSource: false,
    parameters: [
      period(10),
      numberParameter('multiplier', 'Multiplier', 3, { min: 0.1, max: 100 }),
    ],
    outputs: [onPrice('line', 'SuperTrend'), inPanel('direction', 'Direction')],
    definition:
      'A band under a rising and over a falling price, some average ranges away; direction is 1 up, −1 down.',
    formula: '(high + low) / 2 ± m · ATR(n), tightening only while the close stays inside',
    reference: 'Olivier Seban',
    warmup: ([n = 0]) => n,
    compute(bars, _source, params, outputs) {
      supertrend(bars, params as Two<number>, outputs as Two<Float64Array>);
    },
  },
];
