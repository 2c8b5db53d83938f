import { loadBars } from '@/lib/domains/trading/market-data';
import { type Tx, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId, publicId } from '@/lib/kernel/ids';
import { awaitNextAttempt, brokenOff, type Ending, endRun, interrupted } from './end-run';
import { type BacktestRow, lockBacktestRow, specOf, statusOf } from './internal';
import { MOST_ATTEMPTS } from './job-contracts';
import { holdLease, type Lease, renewLease } from './lease';
import { runInThread } from './run-in-thread';
import { isFinished } from './schemas';
import { windowOf } from './spec';

/** Storing the columns of millions of bars takes a while on a slow disk. */
const STORE_TIMEOUT = 120_000;

type Attempt = { row: BacktestRow; lease: Lease };

/**
 * The job: loads the bars, runs the strategy in a thread, stores the result. After a crash it starts over, and
 * ends in the same result and hash. An attempt that another one took over from writes nothing more. Throws when
 * another try may help; `closing` fires when the worker has to end.
 */
export async function runQueuedBacktest(
  ctx: Ctx,
  backtestId: string,
  closing: AbortSignal,
): Promise<void> {
  const attempt = await begin(ctx, backtestId);
  if (!attempt) return;
  const held = holdLease(ctx, attempt.lease);
  try {
    const ending = await work(ctx, attempt, AbortSignal.any([closing, held.lost]));
    held.release();
    await finish(ctx, attempt.lease, (tx, row) => endRun(tx, ctx, row, ending));
  } catch (error) {
    held.release();
    if (held.lost.aborted) {
      log().warn({ err: error, ...attempt.lease }, 'an attempt at a back-test was taken over');
      return;
    }
    await breakOff(ctx, attempt, closing.aborted, error);
  }
}

/** Marks the run as running. Null when there is nothing to do: removed, over, cancelled meanwhile, or tried too often. */
async function begin(ctx: Ctx, backtestId: string): Promise<Attempt | null> {
  return withTenant(ctx, async (tx) => {
    const row = await lockBacktestRow(tx, ctx, backtestId);
    if (!row || isFinished(statusOf(row))) return null;
    if (row.cancelRequested) {
      await endRun(tx, ctx, row, { status: 'cancelled', ours: true });
      return null;
    }
    if (row.attempts >= MOST_ATTEMPTS) {
      await endRun(tx, ctx, row, interrupted(row.attempts));
      return null;
    }
    const now = ctx.clock.now();
    const lease: Lease = { backtestId, id: newId(now.getTime()) };
    const begun = await tx.backtest.update({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: row.id } },
      data: {
        status: 'running',
        startedAt: row.startedAt ?? now,
        progress: 0,
        attempts: row.attempts + 1,
        lease: lease.id,
      },
    });
    await renewLease(tx, ctx, lease);
    await emit(tx, ctx, 'backtest.progress', {
      id: publicId('backtest', row.id),
      status: 'running',
      progress: 0,
    });
    return { row: begun, lease };
  });
}

async function work(ctx: Ctx, { row, lease }: Attempt, signal: AbortSignal): Promise<Ending> {
  const spec = specOf(row);
  const bars = await loadBars(ctx, spec.symbol, spec.timeframe, windowOf(spec));
  if (!bars || bars.time.length < 2) {
    const message = `${spec.symbol} no longer has ${spec.timeframe} bars in this range.`;
    return { status: 'failed', code: 'no_bars', message, ours: false };
  }
  const count = bars.time.length;
  const outcome = await runInThread(spec, bars, {
    signal,
    onTick: (progress) => withTenant(ctx, (tx) => tick(tx, ctx, lease, progress)),
  });
  const { computeSeconds } = outcome;
  if (outcome.kind === 'done') {
    return { status: 'succeeded', result: outcome.result, bars: count, computeSeconds };
  }
  const { code, message } = outcome;
  if (code === 'cancelled') return { status: 'cancelled', ours: false, computeSeconds };
  return { status: 'failed', code, message, ours: false, computeSeconds };
}

/** Stores progress when it moved, and looks whether the run should stop: somebody wants it, or another attempt has it. */
async function tick(tx: Tx, ctx: Ctx, lease: Lease, progress: number) {
  const where = { tenantId: ctx.tenantId, id: lease.backtestId, lease: lease.id };
  const before = await tx.backtest.findFirst({
    where,
    select: { progress: true, cancelRequested: true },
  });
  if (!before || before.cancelRequested) return { cancel: true };
  if (progress > before.progress) {
    const { count } = await tx.backtest.updateMany({ where, data: { progress } });
    if (count === 0) return { cancel: true };
    const shown = publicId('backtest', lease.backtestId);
    await emit(tx, ctx, 'backtest.progress', { id: shown, status: 'running', progress });
  }
  return { cancel: false };
}

/** Writes the end of an attempt, unless another has taken the run over or ended it. */
async function finish(
  ctx: Ctx,
  lease: Lease,
  write: (tx: Tx, row: BacktestRow) => Promise<void>,
): Promise<void> {
  await withTenant(
    ctx,
    async (tx) => {
      const row = await lockBacktestRow(tx, ctx, lease.backtestId);
      if (row?.lease === lease.id) await write(tx, row);
    },
    { timeoutMs: STORE_TIMEOUT },
  );
}

/** A worker that closes down is no fault of the run, so that attempt isn't held against it. */
async function breakOff(
  ctx: Ctx,
  { row, lease }: Attempt,
  closing: boolean,
  error: unknown,
): Promise<void> {
  const { attempts } = row;
  log().error({ err: error, ...lease, attempts, closing }, 'back-test broke off');
  if (!closing && attempts >= MOST_ATTEMPTS) {
    await finish(ctx, lease, (tx, now) => endRun(tx, ctx, now, brokenOff(attempts)));
    return;
  }
  const counted = closing ? attempts - 1 : attempts;
  await finish(ctx, lease, (tx, now) =>
    awaitNextAttempt(tx, ctx, now, { attempts: counted, queueAgain: false }),
  );
  throw error;
}
