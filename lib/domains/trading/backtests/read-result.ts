import { EXIT_REASONS } from '@/lib/domains/trading/engine';
import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict, invalidField } from '@/lib/kernel/errors';
import { type BacktestRow, getBacktestRow } from './internal';
import { mayRead } from './policy';
import { EQUITY_COLUMNS, readColumns, type SeriesKind, TRADE_COLUMNS } from './result-columns';
import type { EquityDto, SeriesQuery, TradeDto } from './schemas';

type Columns = { rows: number; columns: Float64Array[] };
export type SeriesPage<T> = { data: T[]; next_cursor: string | null };

/** Rows fetched at once for a whole export: under 1 MB. */
const EXPORT_ROWS = 8_192;

type Kind<T> = {
  kind: Exclude<SeriesKind, 'chart'>;
  names: readonly string[];
  row: (columns: Float64Array[], at: number) => T;
};

const instant = (column: Float64Array | undefined, at: number) =>
  new Date(column?.[at] ?? Number.NaN).toISOString();
const value = (column: Float64Array | undefined, at: number) => column?.[at] ?? Number.NaN;

const trades: Kind<TradeDto> = {
  kind: 'trades',
  names: TRADE_COLUMNS,
  row: (c, at) => ({
    side: value(c[0], at) > 0 ? 'long' : 'short',
    size: value(c[1], at),
    entry_time: instant(c[2], at),
    entry_price: value(c[3], at),
    exit_time: instant(c[4], at),
    exit_price: value(c[5], at),
    commission: value(c[6], at),
    pnl: value(c[7], at),
    return_pct: value(c[8], at),
    reason: EXIT_REASONS[value(c[9], at)] ?? 'end_of_data',
  }),
};

const equity: Kind<EquityDto> = {
  kind: 'equity',
  names: EQUITY_COLUMNS,
  row: (c, at) => ({
    time: instant(c[0], at),
    equity: value(c[1], at),
    drawdown_pct: value(c[2], at),
  }),
};

/** Closed trades in the order of their exits. @throws not_found; conflict while there is no result */
export function listTrades(ctx: Ctx, id: string, query: SeriesQuery) {
  return page(ctx, id, query, trades);
}

/** Equity at each bar's close. @throws not_found; conflict while there is no result */
export function listEquity(ctx: Ctx, id: string, query: SeriesQuery) {
  return page(ctx, id, query, equity);
}

/** All trades as CSV. @throws like `listTrades` */
export function exportTrades(ctx: Ctx, id: string): Promise<ReadableStream<Uint8Array>> {
  return exportSeries(ctx, id, trades);
}

/** The whole equity curve as CSV. @throws like `listEquity` */
export function exportEquity(ctx: Ctx, id: string): Promise<ReadableStream<Uint8Array>> {
  return exportSeries(ctx, id, equity);
}

/** The equity curve as columns, thinned out for a screen: at most a few thousand points. */
export async function readEquityChart(ctx: Ctx, id: string): Promise<EquityDto[]> {
  mayRead(ctx);
  return withTenant(ctx, async (tx) => {
    const row = await finished(tx, ctx, id);
    const part =
      (await read(tx, ctx, row, 'chart', EQUITY_COLUMNS.length, 0, EXPORT_ROWS)) ??
      (await read(tx, ctx, row, 'equity', EQUITY_COLUMNS.length, 0, EXPORT_ROWS));
    return part ? rowsOf(part, equity) : [];
  });
}

async function page<T>(
  ctx: Ctx,
  id: string,
  query: SeriesQuery,
  kind: Kind<T>,
): Promise<SeriesPage<T>> {
  mayRead(ctx);
  const from = readOffset(query.cursor);
  return withTenant(ctx, async (tx) => {
    const row = await finished(tx, ctx, id);
    const part = await read(tx, ctx, row, kind.kind, kind.names.length, from, query.limit);
    if (!part) return { data: [], next_cursor: null };
    const next = from + query.limit;
    return { data: rowsOf(part, kind), next_cursor: next < part.rows ? writeOffset(next) : null };
  });
}

async function exportSeries<T>(ctx: Ctx, id: string, kind: Kind<T>) {
  mayRead(ctx);
  await withTenant(ctx, (tx) => finished(tx, ctx, id));
  const encoder = new TextEncoder();
  let from = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = await withTenant(ctx, async (tx) => {
        const row = await getBacktestRow(tx, ctx, id);
        return read(tx, ctx, row, kind.kind, kind.names.length, from, EXPORT_ROWS);
      });
      const head = from === 0 ? `${kind.names.join(',')}\n` : '';
      const rows = part ? rowsOf(part, kind) : [];
      const lines = rows.map((row) => Object.values(row as object).join(','));
      const text = head + (lines.length > 0 ? `${lines.join('\n')}\n` : '');
      if (text !== '') controller.enqueue(encoder.encode(text));
      from += EXPORT_ROWS;
      if (!part || from >= part.rows) controller.close();
    },
  });
}

function read(
  tx: Tx,
  ctx: Ctx,
  row: BacktestRow,
  kind: SeriesKind,
  width: number,
  from: number,
  count: number,
): Promise<Columns | null> {
  return readColumns(tx, ctx, { backtestId: row.id, kind, width }, from, count);
}

function rowsOf<T>({ columns }: Columns, kind: Kind<T>): T[] {
  return Array.from(columns[0] ?? [], (_, at) => kind.row(columns, at));
}

async function finished(tx: Tx, ctx: Ctx, id: string): Promise<BacktestRow> {
  const row = await getBacktestRow(tx, ctx, id);
  if (row.status === 'succeeded') return row;
  const detail = `This back-test has no result: it is ${row.status}.`;
  throw conflict('no_result', detail, { backtest_status: row.status });
}

function writeOffset(offset: number): string {
  return Buffer.from(`at:${offset}`).toString('base64url');
}

function readOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const match = /^at:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (match) return Number(match[1]);
  throw invalidField('cursor', 'invalid_cursor', 'This cursor is not one of ours.');
}
