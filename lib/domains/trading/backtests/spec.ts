import type { StrategyDefinition } from '@/lib/domains/trading/strategies/language';
import type { Timeframe } from '../market-data';
import type { Commission, Slippage } from '../engine';

/** Everything a repeat needs, as it is stored. Times are epoch milliseconds; null is an open end. */
export type BacktestSpec = {
  definition: StrategyDefinition;
  /** Every parameter with its value. */
  params: Record<string, number>;
  symbol: string;
  timeframe: Timeframe;
  from: number | null;
  to: number | null;
  cash: number;
  commission: Commission;
  slippage: Slippage;
  finalizeTrades: boolean;
  currency: string;
};

/** The window of a spec for the loader of bars. */
export function windowOf(spec: BacktestSpec): { from: number; to: number } {
  return {
    from: spec.from ?? Number.NEGATIVE_INFINITY,
    to: spec.to ?? Number.POSITIVE_INFINITY,
  };
}
