import { countUsage, monthOf } from '@/lib/domains/usage';
import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import type { BacktestDto, BacktestStatus } from './schemas';
import type { BacktestSpec } from './spec';

export type BacktestRow = NonNullable<Awaited<ReturnType<Tx['backtest']['findUnique']>>>;

/** A back-test by public id. @throws not_found */
export async function getBacktestRow(tx: Tx, ctx: Ctx, id: string): Promise<BacktestRow> {
  const uuid = parsePublicId('backtest', id);
  const row = uuid ? await findBacktestRow(tx, ctx, uuid) : null;
  if (!row) throw notFound('back-test');
  return row;
}

export function findBacktestRow(tx: Tx, ctx: Ctx, uuid: string): Promise<BacktestRow | null> {
  return tx.backtest.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: uuid } },
  });
}

/** `alive`: an attempt works on the run, or at least did a few seconds ago. */
export type LockedBacktest = BacktestRow & { alive: boolean };

/** Locks the row until the transaction ends: start, cancel, sweep and finish exclude each other. */
export async function lockBacktestRow(
  tx: Tx,
  ctx: Ctx,
  uuid: string,
): Promise<LockedBacktest | null> {
  const [locked] = await tx.$queryRaw<{ alive: boolean }[]>`
    SELECT coalesce(lease_until > clock_timestamp(), false) AS alive FROM backtest
    WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${uuid}::uuid FOR UPDATE`;
  const row = locked ? await findBacktestRow(tx, ctx, uuid) : null;
  return row && locked ? { ...row, ...locked } : null;
}

export function specOf(row: BacktestRow): BacktestSpec {
  return row.spec as unknown as BacktestSpec;
}

export function statusOf(row: BacktestRow): BacktestStatus {
  return row.status as BacktestStatus;
}

/**
 * Gives a run back to the month's quota: one cancelled while nobody worked on it, or one that the platform failed to do.
 * A month that is over stays as it was counted.
 */
export async function giveBack(tx: Tx, ctx: Ctx, row: BacktestRow): Promise<void> {
  const sameMonth = monthOf(row.createdAt).getTime() === monthOf(ctx.clock.now()).getTime();
  if (sameMonth) await countUsage(tx, ctx, 'backtests', -1);
}

const moment = (time: number | null) => (time === null ? null : new Date(time).toISOString());

export function toBacktestDto(row: BacktestRow): BacktestDto {
  const spec = specOf(row);
  return {
    id: publicId('backtest', row.id),
    status: statusOf(row),
    progress: row.progress,
    error: row.error as BacktestDto['error'],
    metrics: row.metrics as BacktestDto['metrics'],
    hash: row.hash,
    name: row.name,
    strategy_id: row.strategyId ? publicId('strategy', row.strategyId) : null,
    strategy_version: row.strategyVersion,
    symbol: row.symbol,
    timeframe: spec.timeframe,
    from: moment(spec.from),
    to: moment(spec.to),
    cash: spec.cash,
    commission: { ...spec.commission },
    slippage: spec.slippage ? { ...spec.slippage } : null,
    params: spec.params,
    finalize_trades: spec.finalizeTrades,
    cancel_requested: row.cancelRequested,
    bars: row.bars,
    created_at: row.createdAt.toISOString(),
    started_at: row.startedAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
  };
}
