import { type CompiledStrategy, createBufferPool } from '@/lib/domains/trading/strategies/language';
import { checkBars, type CheckedOptions, checkOptions } from './check-input';
import { ruleColumns } from './decide-orders';
import { PositionLedger } from './position-ledger';
import { runMarketOrders } from './run-market-orders';
import { RunNotes } from './run-notes';
import { createOrderBookRunner } from './run-order-book';
import { markEquity, type Simulation } from './simulation';
import {
  BacktestError,
  type BacktestOptions,
  type BacktestResult,
  type Bars,
  type OnProgress,
  type ShouldCancel,
} from './types';

/** Bars between two questions whether to go on. */
const STRETCH = 65_536;

/** How much of the work the columns of the rules are, for the progress bar. */
const SIGNAL_SHARE = 0.6;

/**
 * Runs a compiled strategy over bars. Signals on the close of bar t fill at the open of t + 1; API.md, "Back-test
 * conventions", has the rest. Deterministic: same bars, strategy and options give the same result to the bit.
 * Throws `BacktestError`: `empty_bars`, `invalid_bars`, `invalid_options`, or `cancelled` when asked to stop.
 */
export function runBacktest(
  bars: Bars,
  compiled: CompiledStrategy,
  options: BacktestOptions,
  onProgress: OnProgress = () => {},
  shouldCancel: ShouldCancel = () => false,
): BacktestResult {
  const checked = checkOptions(options);
  checkBars(bars);
  const report = (fraction: number) => {
    if (shouldCancel()) throw new BacktestError('cancelled', 'The back-test was cancelled.');
    onProgress(fraction);
  };
  report(0);
  const simulation = prepare(bars, compiled, checked, report);
  const { stopLossPct, takeProfitPct, trailingStopPct } = compiled.protect;
  const protectedByOrders = [stopLossPct, takeProfitPct, trailingStopPct].some(
    (pct) => pct !== null,
  );
  const run = protectedByOrders ? createOrderBookRunner(simulation) : runMarketOrders;
  const length = bars.close.length;
  for (let from = 0; from < length; from += STRETCH) {
    const to = Math.min(from + STRETCH, length);
    run(simulation, from, to);
    if (to < length) report(SIGNAL_SHARE + (1 - SIGNAL_SHARE) * (to / length));
  }
  const result = finish(simulation, checked);
  report(1);
  return result;
}

function prepare(
  bars: Bars,
  strategy: CompiledStrategy,
  options: CheckedOptions,
  report: (fraction: number) => void,
): Simulation {
  const length = bars.close.length;
  const pool = createBufferPool();
  const signals = strategy.signals(bars, pool, (done) => report(done * SIGNAL_SHARE));
  const notes = new RunNotes();
  return {
    bars,
    strategy,
    rules: ruleColumns(signals),
    ledger: new PositionLedger({ ...options, ...strategy.size }, notes),
    notes,
    finalizeTrades: options.finalizeTrades,
    // The scratch columns of the indicators become the columns of the result.
    equity: pool.numbers(length),
    drawdownPct: pool.numbers(length),
    peak: options.cash,
    pending: null,
  };
}

function finish(simulation: Simulation, options: CheckedOptions): BacktestResult {
  const { bars, ledger, notes, equity, drawdownPct } = simulation;
  const last = bars.close.length - 1;
  if (simulation.pending !== null) notes.add('no_next_bar', last);
  if (options.finalizeTrades && ledger.units !== 0) {
    ledger.leave(last, bars.close[last]!, 'end_of_data');
    markEquity(simulation, last);
  }
  if (ledger.trades.length === 0) notes.add('no_trades', last);
  return {
    bars: bars.close.length,
    warmup: simulation.strategy.warmup,
    cash: options.cash,
    equity,
    drawdownPct,
    trades: ledger.trades.finish(bars.time),
    openPosition: ledger.openPosition(bars),
    notes: notes.list(),
  };
}
