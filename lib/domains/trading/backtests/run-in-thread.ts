import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { Bars } from '@/lib/domains/trading/engine';
import type { BacktestSpec } from './spec';
import {
  CANCEL,
  PROGRESS,
  PROGRESS_SCALE,
  type ThreadInput,
  type ThreadMessage,
} from './thread-messages';

/** How often progress is read and cancelling asked for: at most four times a second. */
const TICK = 250;

export type Watch = {
  /** Told the progress, 0 to 1; answers whether the run should stop. */
  onTick: (progress: number) => Promise<{ cancel: boolean }>;
  /** The worker is closing down: the thread ends at once and the promise rejects. */
  signal: AbortSignal;
};

/** The thread's program: bundled beside the worker's own or, from source, translated by tsx. */
function startThread(options: WorkerOptions): Worker {
  const bundled = new URL('./backtest-thread.mjs', import.meta.url);
  if (!import.meta.url.endsWith('.ts') && existsSync(fileURLToPath(bundled))) {
    return new Worker(bundled, options);
  }
  // Node 20 doesn't hand `--import` on to threads, so tsx is registered inside.
  const source = JSON.stringify(new URL('./thread.ts', import.meta.url).href);
  const code = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${source}); })`;
  return new Worker(code, { ...options, eval: true });
}

/**
 * Runs a back-test in a thread of its own. `bars` can't be used afterwards: their memory moves there.
 * Rejects when the thread breaks down, which is worth another try, or when `signal` fires.
 */
export function runInThread(spec: BacktestSpec, bars: Bars, watch: Watch): Promise<ThreadMessage> {
  // A signal that fired while the bars were loaded fires no more.
  if (watch.signal.aborted) return Promise.reject(closingDown());
  const control = new SharedArrayBuffer(8);
  const shared = new Int32Array(control);
  const { definition, params, cash, commission, slippage, finalizeTrades } = spec;
  const input: ThreadInput = {
    spec: { definition, params, cash, commission, slippage, finalizeTrades },
    bars,
    control,
  };
  const thread = startThread({
    workerData: input,
    transferList: [bars.time.buffer as ArrayBuffer],
    execArgv: [],
    name: 'backtest',
  });
  return new Promise<ThreadMessage>((resolve, reject) => {
    const stop = watchThread(shared, watch, reject);
    const abort = () => reject(closingDown());
    watch.signal.addEventListener('abort', abort, { once: true });
    thread.once('message', (message: ThreadMessage) => resolve(message));
    thread.once('error', (error) => reject(error));
    thread.once('exit', (code) => reject(new Error(`The back-test's thread ended (${code}).`)));
    thread.once('exit', () => {
      stop();
      watch.signal.removeEventListener('abort', abort);
    });
  }).finally(() => {
    void thread.terminate();
  });
}

function closingDown(): Error {
  return new Error('The worker is closing down.');
}

/** Reads progress while the thread runs. A failing tick ends the run: its state would be a lie. */
function watchThread(shared: Int32Array, watch: Watch, reject: (error: unknown) => void) {
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    watch
      .onTick(Atomics.load(shared, PROGRESS) / PROGRESS_SCALE)
      .then(({ cancel }) => {
        if (cancel) Atomics.store(shared, CANCEL, 1);
      })
      .catch(reject)
      .finally(() => {
        busy = false;
      });
  }, TICK);
  return () => clearInterval(timer);
}
