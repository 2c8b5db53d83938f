import { Prisma, type Tx, withSystem, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { hasLiveJob } from '@/lib/infra/queue';
import type { Ctx, RequestInfo } from '@/lib/kernel/ctx';
import { awaitNextAttempt, endRun, interrupted } from './end-run';
import { type BacktestRow, findBacktestRow } from './internal';
import { MOST_ATTEMPTS, RUN_KEY, sweepBacktestsContract } from './job-contracts';

/** Runs looked at in one sweep; the next one goes on. */
const MOST_RUNS = 500;

type Orphan = { tenantId: string; id: string; lease: string | null; attempts: number };

/**
 * Finds runs that nobody works on and that wait for nobody: the lease of their attempt ran out and the queue has no
 * try left, or has lost their job. Each is begun anew until it had its attempts, and then fails with the reason.
 * Several sweeps at the same time do each run once.
 */
export async function sweepBacktests(info: RequestInfo): Promise<void> {
  const orphans = await withSystem(sweepBacktestsContract.name, findOrphans);
  for (const orphan of orphans) {
    const { tenantId } = orphan;
    const ctx: Ctx = {
      ...info,
      tenantId,
      actor: { kind: 'job', name: sweepBacktestsContract.name },
    };
    try {
      await withTenant(ctx, (tx) => settle(tx, ctx, orphan));
    } catch (error) {
      // One that can't be written must not keep the others waiting; the next sweep finds it again.
      log().error({ err: error, backtestId: orphan.id, tenantId }, 'an orphaned run stays');
    }
  }
}

/** An attempt that never began has no lease, so a job in a worker's hand speaks for it. */
function findOrphans(tx: Tx): Promise<Orphan[]> {
  const key = Prisma.sql`${RUN_KEY} || b.id`;
  return tx.$queryRaw<Orphan[]>`
    SELECT b.tenant_id AS "tenantId", b.id, b.lease, b.attempts FROM backtest b
    WHERE b.status IN ('queued', 'running') AND (b.lease_until IS NULL OR b.lease_until < clock_timestamp())
      AND NOT ${hasLiveJob(key, Prisma.sql`b.lease IS NULL`)}
    ORDER BY b.created_at LIMIT ${MOST_RUNS}`;
}

async function settle(tx: Tx, ctx: Ctx, seen: Orphan): Promise<void> {
  const row = await lockUnlessBusy(tx, ctx, seen);
  if (!row) return;
  if (row.cancelRequested) {
    await endRun(tx, ctx, row, { status: 'cancelled', ours: true });
    return;
  }
  // One that was taken from the queue and never began had an attempt all the same.
  const attempts = row.lease === null ? row.attempts + 1 : row.attempts;
  if (attempts >= MOST_ATTEMPTS) await endRun(tx, ctx, row, interrupted(attempts));
  else await awaitNextAttempt(tx, ctx, row, { attempts, queueAgain: true });
}

/** Null when somebody has it in hand, be it the end of its run or another sweep, or had since it was seen. */
async function lockUnlessBusy(tx: Tx, ctx: Ctx, seen: Orphan): Promise<BacktestRow | null> {
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM backtest
    WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${seen.id}::uuid AND status IN ('queued', 'running')
      AND lease IS NOT DISTINCT FROM ${seen.lease}::uuid AND attempts = ${seen.attempts}
      AND (lease_until IS NULL OR lease_until < clock_timestamp())
    FOR UPDATE SKIP LOCKED`;
  return locked.length > 0 ? findBacktestRow(tx, ctx, seen.id) : null;
}
