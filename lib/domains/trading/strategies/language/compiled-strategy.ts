import type { Bars } from '@/lib/domains/trading/indicators/bars';
import type { BufferPool } from './buffer-pool';
import type { StrategyDefinition } from './definition-shape';

/** For each bar 1 where the rule holds on its close; null where the strategy has no such rule. */
export interface SignalColumns {
  readonly entryLong: Uint8Array | null;
  readonly entryShort: Uint8Array | null;
  readonly exitLong: Uint8Array | null;
  readonly exitShort: Uint8Array | null;
}

/** A named indicator's columns, for charts. NaN is undefined. */
export interface IndicatorColumns {
  readonly name: string;
  readonly outputs: readonly { readonly name: string; readonly values: Float64Array }[];
}

/** A strategy with its parameters filled in, ready to run over any bars. Immutable; holds no memory of a run. */
export interface CompiledStrategy {
  readonly definition: StrategyDefinition;
  readonly params: Readonly<Record<string, number>>;
  /** Bars at the start on which some indicator of the rules is still undefined. */
  readonly warmup: number;
  readonly exit: { readonly onOppositeEntry: boolean; readonly afterBars: number | null };
  readonly size: { readonly fraction: number; readonly wholeUnits: boolean };
  readonly protect: {
    readonly stopLossPct: number | null;
    readonly takeProfitPct: number | null;
    readonly trailingStopPct: number | null;
  };
  /**
   * The rules over whole columns. Scratch memory and the answer come from `pool` (a fresh one when omitted);
   * `onStep` is told the share done, 0 to 1, between columns and may throw to stop.
   */
  signals(bars: Bars, pool?: BufferPool, onStep?: (fraction: number) => void): SignalColumns;
  /** The document's named indicators, each with all its outputs. */
  indicators(bars: Bars): IndicatorColumns[];
}
