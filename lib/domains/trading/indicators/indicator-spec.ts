import type { Bars } from './bars';

/** One number that shapes an indicator. */
export interface IndicatorParameter {
  readonly name: string;
  readonly title: string;
  readonly kind: 'integer' | 'number';
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

export interface IndicatorOutput {
  readonly name: string;
  readonly title: string;
  /** Where a chart draws it: over the candles or in a panel of its own. */
  readonly pane: 'price' | 'own';
}

export type IndicatorFamily =
  | 'trend'
  | 'momentum'
  | 'volatility'
  | 'volume'
  | 'statistics'
  | 'neozork';

/** All that the language, the API and the charts need to know of an indicator. */
export interface IndicatorSpec {
  readonly name: string;
  readonly title: string;
  readonly family: IndicatorFamily;
  /** True: its first argument is a column of the caller's choice. False: it reads the bars themselves. */
  readonly takesSource: boolean;
  readonly parameters: readonly IndicatorParameter[];
  /** The first is the one meant when no output is named. */
  readonly outputs: readonly IndicatorOutput[];
  /** Plain words for people. */
  readonly definition: string;
  readonly formula: string;
  /** Whose definition it is. */
  readonly reference: string;
  /** Bars at the start on which some output is undefined, on a source without gaps. */
  warmup(params: readonly number[]): number;
  /** What is wrong with these parameters taken together, or null. Each is known to be in its own range. */
  check?(params: readonly number[]): string | null;
  /** Writes every output over its whole length; NaN is undefined. `source` is the close where none is taken. */
  compute(
    bars: Bars,
    source: Float64Array,
    params: readonly number[],
    outputs: readonly Float64Array[],
  ): void;
}
