import { type Tx, txSql } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';

/** Columns of float64, one after another, as a run's series are stored. */
export const EQUITY_COLUMNS = ['time', 'equity', 'drawdown_pct'] as const;
export const TRADE_COLUMNS = [
  'side',
  'size',
  'entry_time',
  'entry_price',
  'exit_time',
  'exit_price',
  'commission',
  'pnl',
  'return_pct',
  'reason',
] as const;

/** `chart` is `equity` thinned out to what a screen can show. */
export type SeriesKind = 'equity' | 'trades' | 'chart';

export type StoredSeries = { kind: SeriesKind; rows: number; columns: Float64Array[] };

/** The columns as one block of bytes. */
export function packColumns({ rows, columns }: StoredSeries): Buffer<ArrayBuffer> {
  const data = new Float64Array(rows * columns.length);
  columns.forEach((column, index) => {
    data.set(column.subarray(0, rows), index * rows);
  });
  return Buffer.from(data.buffer);
}

const READ = `SELECT s.rows, substr(s.data, 1 + (c.at * s.rows + least($5::int, s.rows)) * 8,
    greatest(0, least($6::int, s.rows - $5::int)) * 8) AS part
  FROM backtest_series s, generate_series(0, $4::int) AS c (at)
  WHERE s.tenant_id = $1 AND s.backtest_id = $2 AND s.kind = $3
  ORDER BY c.at`;

/**
 * Rows `from` to `from + count` of every column, and how many rows there are; null when the run has no such
 * series. The database cuts the parts out, so that a page of a long series costs a page.
 */
export async function readColumns(
  tx: Tx,
  ctx: Ctx,
  series: { backtestId: string; kind: SeriesKind; width: number },
  from: number,
  count: number,
): Promise<{ rows: number; columns: Float64Array[] } | null> {
  const { rows: parts } = await txSql<{ rows: number; part: Buffer }>(tx, {
    name: 'backtests.read-columns',
    text: READ,
    values: [ctx.tenantId, series.backtestId, series.kind, series.width - 1, from, count],
  });
  const [first] = parts;
  if (!first) return null;
  return { rows: first.rows, columns: parts.map(({ part }) => asNumbers(part)) };
}

function asNumbers(bytes: Uint8Array): Float64Array {
  const copy = Uint8Array.from(bytes);
  return new Float64Array(copy.buffer);
}
