import { loadBars } from '@/lib/domains/trading/market-data';
import { type Tx, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { emit } from '@/lib/infra/outbox';
import type { JobRun } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { type BacktestRow, giveBack, lockBacktestRow, specOf, statusOf } from './internal';
import { runInThread, type ThreadOutcome } from './run-in-thread';
import { isFinished } from './schemas';
import { windowOf } from './spec';
import { storeResult } from './store-result';

/** Storing the columns of millions of bars takes a while on a slow disk. */
const STORE_TIMEOUT = 120_000;

type Ending =
  | { status: 'succeeded'; outcome: Extract<ThreadOutcome, { kind: 'done' }>; bars: number }
  | { status: 'cancelled' }
  | { status: 'failed'; code: string; message: string; ours: boolean };

/**
 * The job: loads the bars, runs the strategy in a thread, stores the result. After a crash it starts over, and
 * ends in the same result and hash. Throws when another try may help.
 */
export async function runQueuedBacktest(ctx: Ctx, backtestId: string, run: JobRun): Promise<void> {
  const row = await start(ctx, backtestId);
  if (!row) return;
  try {
    await finish(ctx, row, await work(ctx, row, run.signal));
  } catch (error) {
    const last = run.attempt >= run.maxAttempts;
    log().error({ err: error, backtestId, attempt: run.attempt, last }, 'back-test broke off');
    if (!last || run.signal.aborted) throw error;
    const message =
      'The run broke off several times on our side. It isn’t counted; please start it again.';
    await finish(ctx, row, { status: 'failed', code: 'internal_error', message, ours: true });
  }
}

/** Marks the run as running. Null when there is nothing to do: removed, over, or cancelled meanwhile. */
async function start(ctx: Ctx, backtestId: string): Promise<BacktestRow | null> {
  return withTenant(ctx, async (tx) => {
    const row = await lockBacktestRow(tx, ctx, backtestId);
    if (!row || isFinished(statusOf(row))) return null;
    if (row.cancelRequested) {
      await close(tx, ctx, row, { status: 'cancelled' });
      return null;
    }
    const startedAt = row.startedAt ?? ctx.clock.now();
    await emit(tx, ctx, 'backtest.progress', {
      id: publicId('backtest', row.id),
      status: 'running',
      progress: 0,
    });
    return tx.backtest.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: row.id } },
      data: { status: 'running', startedAt, progress: 0 },
    });
  });
}

async function work(ctx: Ctx, row: BacktestRow, signal: AbortSignal): Promise<Ending> {
  const spec = specOf(row);
  const bars = await loadBars(ctx, spec.symbol, spec.timeframe, windowOf(spec));
  if (!bars || bars.time.length < 2) {
    const message = `${spec.symbol} no longer has ${spec.timeframe} bars in this range.`;
    return { status: 'failed', code: 'no_bars', message, ours: false };
  }
  const count = bars.time.length;
  const outcome = await runInThread(spec, bars, {
    signal,
    onTick: (progress) => withTenant(ctx, (tx) => tick(tx, ctx, row.id, progress)),
  });
  if (outcome.kind === 'done') return { status: 'succeeded', outcome, bars: count };
  if (outcome.code === 'cancelled') return { status: 'cancelled' };
  return { status: 'failed', code: outcome.code, message: outcome.message, ours: false };
}

/** Stores progress when it moved, and looks whether somebody wants the run to stop. */
async function tick(tx: Tx, ctx: Ctx, id: string, progress: number) {
  const before = await tx.backtest.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    select: { progress: true, cancelRequested: true },
  });
  if (!before || before.cancelRequested) return { cancel: true };
  if (progress > before.progress) {
    await tx.backtest.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id } },
      data: { progress },
    });
    const shown = publicId('backtest', id);
    await emit(tx, ctx, 'backtest.progress', { id: shown, status: 'running', progress });
  }
  return { cancel: false };
}

async function finish(ctx: Ctx, row: BacktestRow, ending: Ending): Promise<void> {
  await withTenant(
    ctx,
    async (tx) => {
      const current = await lockBacktestRow(tx, ctx, row.id);
      // Another worker may have taken over a run that seemed dead.
      if (!current || isFinished(statusOf(current))) return;
      await close(tx, ctx, current, ending);
    },
    { timeoutMs: STORE_TIMEOUT },
  );
}

async function close(tx: Tx, ctx: Ctx, row: BacktestRow, ending: Ending): Promise<void> {
  if (ending.status === 'succeeded') await storeResult(tx, ctx, row.id, ending.outcome.result);
  if (ending.status === 'failed' && ending.ours) await giveBack(tx, ctx, row);
  const { status } = ending;
  const progress = status === 'succeeded' ? 1 : row.progress;
  await tx.backtest.update({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: row.id } },
    data: {
      status,
      progress,
      finishedAt: ctx.clock.now(),
      ...(ending.status === 'failed'
        ? { error: { code: ending.code, message: ending.message } }
        : {}),
      ...(ending.status === 'succeeded'
        ? {
            metrics: { ...ending.outcome.result.metrics },
            hash: ending.outcome.result.hash,
            bars: ending.bars,
          }
        : {}),
    },
  });
  const id = publicId('backtest', row.id);
  await emit(tx, ctx, 'backtest.finished', { id, status, progress });
}
