import { recordAudit } from '@/lib/domains/audit';
import { addUsage } from '@/lib/domains/usage';
import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { type BacktestRow, giveBack } from './internal';
import { RUN_KEY, runBacktestContract } from './job-contracts';
import { storeResult } from './store-result';
import type { ThreadResult } from './thread-messages';

/** How a run ends. `ours`: the platform failed to do it, so the month's quota gets it back. */
export type Ending = (
  | { status: 'succeeded'; result: ThreadResult; bars: number }
  | { status: 'cancelled'; ours: boolean }
  | { status: 'failed'; code: string; message: string; ours: boolean }
) & {
  /** What the attempt that came to this end computed; absent when none did. */
  computeSeconds?: number;
};

const NOT_COUNTED = 'It doesn’t count in this month’s quota.';
const WHAT_NEXT = 'Start it again; if it fails again, try a shorter range or tell support its id.';

/** The ending of a run whose last attempt broke off in its own program. */
export function brokenOff(attempts: number): Ending {
  const message = `The run broke off on our side ${times(attempts)}. ${NOT_COUNTED} ${WHAT_NEXT}`;
  return { status: 'failed', code: 'internal_error', message, ours: true };
}

/** The ending of a run whose last attempt stopped without a word. */
export function interrupted(attempts: number): Ending {
  const message = `The machine that did the run stopped before its end, ${times(attempts)}. ${NOT_COUNTED} ${WHAT_NEXT}`;
  return { status: 'failed', code: 'interrupted', message, ours: true };
}

function times(attempts: number): string {
  return attempts === 1 ? 'once' : `${attempts} times in a row`;
}

/** Ends a run whose row is locked: result, quota, status, audit and message in the caller's transaction. */
export async function endRun(tx: Tx, ctx: Ctx, row: BacktestRow, ending: Ending): Promise<void> {
  const { status } = ending;
  const { tenantId } = ctx;
  if (status === 'succeeded') await storeResult(tx, ctx, row.id, ending.result);
  else if (ending.ours) await giveBack(tx, ctx, row);
  const progress = status === 'succeeded' ? 1 : row.progress;
  await tx.backtest.update({
    where: { tenantId_id: { tenantId, id: row.id } },
    data: {
      status,
      progress,
      lease: null,
      leaseUntil: null,
      finishedAt: ctx.clock.now(),
      ...(status === 'failed' ? { error: { code: ending.code, message: ending.message } } : {}),
      ...(status === 'succeeded'
        ? {
            metrics: { ...ending.result.metrics },
            hash: ending.result.hash,
            bars: ending.bars,
          }
        : {}),
    },
  });
  await recordAudit(tx, ctx, {
    action: `backtest.${status}`,
    object: { type: 'backtest', id: row.id },
    before: { status: row.status },
    after: { attempts: row.attempts, ...(status === 'failed' ? { code: ending.code } : {}) },
  });
  const id = publicId('backtest', row.id);
  await emit(tx, ctx, 'backtest.finished', { id, status, progress });
  const { computeSeconds } = ending;
  if (computeSeconds !== undefined) await addUsage(tx, ctx, 'compute_seconds', computeSeconds);
}

/**
 * Puts a run whose attempt ended without a result back among the waiting, in the caller's transaction.
 * `attempts` is how many count against it; `queueAgain` is for runs whose job is gone from the queue.
 */
export async function awaitNextAttempt(
  tx: Tx,
  ctx: Ctx,
  row: BacktestRow,
  { attempts, queueAgain }: { attempts: number; queueAgain: boolean },
): Promise<void> {
  const { tenantId } = ctx;
  await tx.backtest.update({
    where: { tenantId_id: { tenantId, id: row.id } },
    data: { status: 'queued', progress: 0, attempts, lease: null, leaseUntil: null },
  });
  if (queueAgain) {
    const payload = { tenantId, backtestId: row.id };
    await enqueue(tx, runBacktestContract, payload, { key: `${RUN_KEY}${row.id}` });
  }
  await recordAudit(tx, ctx, {
    action: 'backtest.requeued',
    object: { type: 'backtest', id: row.id },
    before: { status: row.status },
    after: { attempts },
  });
  const shown = publicId('backtest', row.id);
  await emit(tx, ctx, 'backtest.progress', { id: shown, status: 'queued', progress: 0 });
}
