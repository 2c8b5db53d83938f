import type { IndicatorSpec } from './indicator-spec';
import { hl, phld, pressure, pressureHighLow, pressureVector } from './neozork';
import {
  inPanel,
  type One,
  onPrice,
  period,
  pointParameter,
  type Three,
  type Two,
} from './spec-parts';
import { obv, vwap } from './volume';

export const volumeIndicators: readonly IndicatorSpec[] = [
  {
    name: 'obv',
    title: 'On-balance volume',
    family: 'volume',
    takesSource: false,
    parameters: [],
    outputs: [inPanel('value', 'OBV')],
    definition: 'Volume summed up with the sign of each bar’s change.',
    formula:
      'OBV[t] = OBV[t−1] ± volume[t], by the sign of close[t] − close[t−1]; starts at volume[0]',
    reference: 'Joseph Granville, 1963; TA-Lib OBV',
    warmup: () => 0,
    compute(bars, _source, _params, outputs) {
      obv(bars.close, bars.volume, (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'vwap',
    title: 'Volume-weighted average price',
    family: 'volume',
    takesSource: false,
    parameters: [period(0, { min: 0 })],
    outputs: [onPrice('value', 'VWAP')],
    definition:
      'The mean price paid, weighed by volume: since the start of the UTC day with period 0, else over the last bars.',
    formula: 'Σ (high + low + close) / 3 · volume / Σ volume',
    reference: 'Berkowitz, Logue, Noser, 1988',
    warmup: ([n = 0]) => Math.max(0, n - 1),
    compute(bars, _source, params, outputs) {
      vwap(bars, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
];

const NEOZORK = 'NeoZork';

export const neozorkIndicators: readonly IndicatorSpec[] = [
  {
    name: 'hl',
    title: 'HL range',
    family: 'neozork',
    takesSource: false,
    parameters: [pointParameter],
    outputs: [inPanel('value', 'HL')],
    definition: 'The range of the bar before, counted in points.',
    formula: 'HL[t] = (high[t−1] − low[t−1]) / point; 0 on the first bar',
    reference: NEOZORK,
    warmup: () => 0,
    compute(bars, _source, params, outputs) {
      hl(bars, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'pressure',
    title: 'Pressure',
    family: 'neozork',
    takesSource: false,
    parameters: [pointParameter],
    outputs: [inPanel('value', 'Pressure')],
    definition: 'Volume for each point of range: how much trading it took to move the price.',
    formula: 'Pressure[t] = volume[t−1] / HL[t−1]; undefined where HL is 0',
    reference: NEOZORK,
    warmup: () => 2,
    compute(bars, _source, params, outputs) {
      pressure(bars, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'pv',
    title: 'Pressure vector',
    family: 'neozork',
    takesSource: false,
    parameters: [pointParameter],
    outputs: [inPanel('value', 'PV')],
    definition: 'The change of pressure from one bar to the next.',
    formula: 'PV[t] = Pressure[t] − Pressure[t−1]',
    reference: NEOZORK,
    warmup: () => 3,
    compute(bars, _source, params, outputs) {
      pressureVector(bars, (params as One<number>)[0], (outputs as One<Float64Array>)[0]);
    },
  },
  {
    name: 'phld',
    title: 'PHLD: predicted high and low, direction',
    family: 'neozork',
    takesSource: false,
    parameters: [pointParameter],
    outputs: [
      inPanel('direction', 'Direction'),
      onPrice('low', 'Predicted low'),
      onPrice('high', 'Predicted high'),
    ],
    definition:
      'The bar’s expected low and high around its open; direction is 1 (buy) while pressure grows, −1 (sell) while it falls.',
    formula: 'open ∓ HL · point / 2; direction = sign(PV)',
    reference: NEOZORK,
    warmup: () => 3,
    compute(bars, _source, params, outputs) {
      phld(bars, (params as One<number>)[0], outputs as Three<Float64Array>);
    },
  },
  {
    name: 'pv_highlow',
    title: 'PV HighLow',
    family: 'neozork',
    takesSource: false,
    parameters: [pointParameter],
    outputs: [onPrice('low', 'Predicted low'), onPrice('high', 'Predicted high')],
    definition: 'The bar’s expected low and high around its open, shifted by the pressure vector.',
    formula:
      'low = open − (HL·e·point + e³·PV·point), high = open + (HL·e·point − e³·PV·point), e = ½·ln π',
    reference: NEOZORK,
    warmup: () => 3,
    compute(bars, _source, params, outputs) {
      pressureHighLow(bars, (params as One<number>)[0], outputs as Two<Float64Array>);
    },
  },
];
