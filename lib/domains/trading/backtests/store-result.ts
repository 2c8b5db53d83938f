import { type Prisma, type Tx, txSql } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import type { BacktestDetail } from './schemas';
import {
  EQUITY_COLUMNS,
  packColumns,
  type SeriesKind,
  type StoredSeries,
  TRADE_COLUMNS,
} from './result-columns';
import type { ThreadResult } from './thread-messages';

/** Small things beside the equity curve's columns. */
export type ResultHeader = {
  columns: readonly string[];
  firstBar: string | null;
  lastBar: string | null;
  notes: BacktestDetail['notes'];
  openPosition: BacktestDetail['open_position'];
};

const COLUMNS: Record<SeriesKind, readonly string[]> = {
  equity: EQUITY_COLUMNS,
  chart: EQUITY_COLUMNS,
  trades: TRADE_COLUMNS,
};

const INSERT = `INSERT INTO backtest_series (tenant_id, backtest_id, kind, rows, header, data)
  VALUES ($1, $2, $3, $4, $5, $6)`;

/** Writes a run's columns; those of an earlier try that broke off are replaced. */
export async function storeResult(
  tx: Tx,
  ctx: Ctx,
  backtestId: string,
  result: ThreadResult,
): Promise<void> {
  const { tenantId } = ctx;
  await tx.backtestSeries.deleteMany({ where: { tenantId, backtestId } });
  const series: StoredSeries[] = [
    { kind: 'equity', rows: lengthOf(result.equity), columns: result.equity },
    { kind: 'trades', rows: lengthOf(result.trades), columns: result.trades },
  ];
  if (result.chart) {
    series.push({ kind: 'chart', rows: lengthOf(result.chart), columns: result.chart });
  }
  for (const one of series) {
    const header = one.kind === 'equity' ? headerOf(result) : { columns: [...COLUMNS[one.kind]] };
    const values = [
      tenantId,
      backtestId,
      one.kind,
      one.rows,
      JSON.stringify(header),
      packColumns(one),
    ];
    await txSql(tx, { name: 'backtests.store-series', text: INSERT, values });
  }
}

function lengthOf(columns: Float64Array[]): number {
  return columns[0]?.length ?? 0;
}

function headerOf(result: ThreadResult): Prisma.InputJsonObject {
  const time = result.equity[0];
  const at = (time: number | undefined) =>
    time === undefined ? null : new Date(time).toISOString();
  const open = result.openPosition;
  const header: ResultHeader = {
    columns: EQUITY_COLUMNS,
    firstBar: at(time?.[0]),
    lastBar: at(time?.at(-1)),
    notes: result.notes.map(({ code, message, count }) => ({ code, message, count })),
    openPosition: open
      ? {
          side: open.side,
          size: open.size,
          entry_time: new Date(open.entryTime).toISOString(),
          entry_price: open.entryPrice,
          unrealized_pnl: open.unrealizedPnl,
        }
      : null,
  };
  return JSON.parse(JSON.stringify(header)) as Prisma.InputJsonObject;
}
