import { recordAudit } from '@/lib/domains/audit';
import { type Tx, withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { endRun } from './end-run';
import {
  type BacktestRow,
  type LockedBacktest,
  lockBacktestRow,
  statusOf,
  toBacktestDto,
} from './internal';
import { mayWrite } from './policy';
import { type BacktestDto, isFinished } from './schemas';

/**
 * Cancels a run that isn't over, or removes one that is.
 * @returns the back-test as it now stands, or null when it was removed
 * @throws not_found
 */
export async function cancelOrRemoveBacktest(ctx: Ctx, id: string): Promise<BacktestDto | null> {
  mayWrite(ctx);
  const uuid = parsePublicId('backtest', id);
  if (!uuid) throw notFound('back-test');
  return withTenant(ctx, async (tx) => {
    const row = await lockBacktestRow(tx, ctx, uuid);
    if (!row) throw notFound('back-test');
    if (!isFinished(statusOf(row))) return toBacktestDto(await cancel(tx, ctx, row));
    await tx.backtest.delete({ where: { tenantId_id: { tenantId: ctx.tenantId, id: uuid } } });
    await recordAudit(tx, ctx, {
      action: 'backtest.deleted',
      object: { type: 'backtest', id: uuid },
      before: { name: row.name, symbol: row.symbol, status: row.status },
    });
    await emit(tx, ctx, 'backtest.deleted', { id });
    return null;
  });
}

/** Cancels a run; one that is over stays as it is. @throws not_found */
export async function cancelBacktest(ctx: Ctx, id: string): Promise<BacktestDto> {
  mayWrite(ctx);
  const uuid = parsePublicId('backtest', id);
  if (!uuid) throw notFound('back-test');
  return withTenant(ctx, async (tx) => {
    const row = await lockBacktestRow(tx, ctx, uuid);
    if (!row) throw notFound('back-test');
    if (isFinished(statusOf(row))) return toBacktestDto(row);
    return toBacktestDto(await cancel(tx, ctx, row));
  });
}

/** One that an attempt works on ends when the attempt hears of it; any other ends here, and is given back. */
async function cancel(tx: Tx, ctx: Ctx, row: LockedBacktest): Promise<BacktestRow> {
  if (row.cancelRequested && row.alive) return row;
  const where = { tenantId_id: { tenantId: ctx.tenantId, id: row.id } };
  if (!row.alive) {
    await tx.backtest.update({ where, data: { cancelRequested: true } });
    await endRun(tx, ctx, row, { status: 'cancelled', ours: true });
    return tx.backtest.findUniqueOrThrow({ where });
  }
  const updated = await tx.backtest.update({ where, data: { cancelRequested: true } });
  await recordAudit(tx, ctx, {
    action: 'backtest.cancel_requested',
    object: { type: 'backtest', id: row.id },
    before: { status: row.status },
  });
  const { status, progress } = updated;
  await emit(tx, ctx, 'backtest.progress', {
    id: publicId('backtest', row.id),
    status,
    progress,
    cancel_requested: true,
  });
  return updated;
}
