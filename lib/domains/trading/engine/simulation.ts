import type { CompiledStrategy } from '@/lib/domains/trading/strategies/language';
import type { Decision, RuleColumns } from './decide-orders';
import type { PositionLedger } from './position-ledger';
import type { RunNotes } from './run-notes';
import type { Bars } from './types';

/** Everything a runner carries from one stretch of bars to the next. */
export interface Simulation {
  readonly bars: Bars;
  readonly strategy: CompiledStrategy;
  readonly rules: RuleColumns;
  readonly ledger: PositionLedger;
  readonly notes: RunNotes;
  readonly finalizeTrades: boolean;
  readonly equity: Float64Array;
  readonly drawdownPct: Float64Array;
  /** Highest equity so far. */
  peak: number;
  /** What the close before decided for the next open. */
  pending: Decision | null;
}

/** Runs the bars `from` (inclusive) to `to` (exclusive). */
export type Runner = (simulation: Simulation, from: number, to: number) => void;

/** Marks the account at a bar's close and returns its equity. */
export function markEquity(simulation: Simulation, i: number): number {
  const { ledger, bars, equity, drawdownPct } = simulation;
  const value = ledger.cash + ledger.units * bars.close[i]!;
  equity[i] = value;
  if (value > simulation.peak) simulation.peak = value;
  drawdownPct[i] = (100 * (value - simulation.peak)) / simulation.peak;
  return value;
}
