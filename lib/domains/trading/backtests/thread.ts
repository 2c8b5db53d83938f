import { type Transferable, parentPort, workerData } from 'node:worker_threads';
import {
  type BacktestError,
  type BacktestErrorCode,
  computeMetrics,
  digestBars,
  hashBacktest,
  runBacktest,
} from '@/lib/domains/trading/engine';
import { compileStrategy } from '@/lib/domains/trading/strategies/language';
import { thinOut } from './thin-out';
import {
  CANCEL,
  PROGRESS,
  PROGRESS_SCALE,
  type ThreadInput,
  type ThreadMessage,
  type ThreadResult,
} from './thread-messages';

/** Entry of the thread in which one back-test runs, so that nothing else waits for it. */
function run({ spec, bars, control }: ThreadInput): ThreadResult {
  const shared = new Int32Array(control);
  // Taken before the run: the engine may reuse what it is given.
  const digest = digestBars(bars);
  const { cash, commission, slippage, finalizeTrades } = spec;
  const options = { cash, commission, slippage, finalizeTrades };
  const compiled = compileStrategy(spec.definition, spec.params);
  const result = runBacktest(
    bars,
    compiled,
    options,
    (share) => Atomics.store(shared, PROGRESS, Math.floor(share * PROGRESS_SCALE)),
    () => Atomics.load(shared, CANCEL) === 1,
  );
  const { trades } = result;
  const equity = [bars.time, result.equity, result.drawdownPct];
  return {
    equity,
    chart: thinOut(equity),
    trades: [
      trades.side,
      trades.size,
      trades.entryTime,
      trades.entryPrice,
      trades.exitTime,
      trades.exitPrice,
      trades.commission,
      trades.pnl,
      trades.returnPct,
      trades.reason,
    ].map((column) => Float64Array.from(column)),
    metrics: computeMetrics(bars, result),
    hash: hashBacktest(compiled, options, digest, result),
    notes: [...result.notes],
    openPosition: result.openPosition,
  };
}

const REFUSALS: ReadonlySet<string> = new Set<BacktestErrorCode>([
  'cancelled',
  'empty_bars',
  'invalid_bars',
  'invalid_options',
]);

function isRefusal(error: unknown): error is BacktestError {
  return error instanceof Error && 'code' in error && REFUSALS.has(String(error.code));
}

function post(message: ThreadMessage, transfer: Transferable[] = []): void {
  parentPort?.postMessage(message, transfer);
}

const began = performance.now();
const computeSeconds = () => (performance.now() - began) / 1_000;
try {
  const result = run(workerData as ThreadInput);
  const columns = [...result.equity, ...(result.chart ?? []), ...result.trades];
  const memory = new Set(columns.map((column) => column.buffer as ArrayBuffer));
  post({ kind: 'done', result, computeSeconds: computeSeconds() }, [...memory]);
} catch (error) {
  // What isn't a refusal reaches the other side as the thread's own error, and the job is tried again.
  if (!isRefusal(error)) throw error;
  const { code, message } = error;
  post({ kind: 'refused', code, message, computeSeconds: computeSeconds() });
}
