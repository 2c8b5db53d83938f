import { EXIT_REASONS } from '@/lib/domains/trading/engine';
import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict, invalidField } from '@/lib/kernel/errors';
import type { Series, SeriesColumn, SeriesPart } from '@/lib/kernel/series';
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
  columns: readonly SeriesColumn[];
  row: (columns: Float64Array[], at: number) => T;
};

const instant = (column: Float64Array | undefined, at: number) =>
  new Date(column?.[at] ?? Number.NaN).toISOString();
const value = (column: Float64Array | undefined, at: number) => column?.[at] ?? Number.NaN;

function kindOf(name: string): SeriesColumn['kind'] {
  if (name === 'side' || name === 'reason') return 'text';
  return name.endsWith('time') ? 'time' : 'number';
}

const side = (code: number) => (code > 0 ? 'long' : 'short');
const reason = (code: number) => EXIT_REASONS[code] ?? 'end_of_data';

/** What codes stand for, in the columns that hold some. */
const words: Record<string, (code: number) => string> = { side, reason };

const trades: Kind<TradeDto> = {
  kind: 'trades',
  columns: TRADE_COLUMNS.map((name) => ({ name, kind: kindOf(name) })),
  row: (c, at) => ({
    side: side(value(c[0], at)),
    size: value(c[1], at),
    entry_time: instant(c[2], at),
    entry_price: value(c[3], at),
    exit_time: instant(c[4], at),
    exit_price: value(c[5], at),
    commission: value(c[6], at),
    pnl: value(c[7], at),
    return_pct: value(c[8], at),
    reason: reason(value(c[9], at)),
  }),
};

const equity: Kind<EquityDto> = {
  kind: 'equity',
  columns: EQUITY_COLUMNS.map((name) => ({ name, kind: kindOf(name) })),
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

/** All trades. @throws like `listTrades` */
export function exportTrades(ctx: Ctx, id: string): Promise<Series> {
  return exportSeries(ctx, id, trades);
}

/** The whole equity curve. @throws like `listEquity` */
export function exportEquity(ctx: Ctx, id: string): Promise<Series> {
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
    const part = await read(tx, ctx, row, kind.kind, kind.columns.length, from, query.limit);
    if (!part) return { data: [], next_cursor: null };
    const next = from + query.limit;
    return { data: rowsOf(part, kind), next_cursor: next < part.rows ? writeOffset(next) : null };
  });
}

async function exportSeries<T>(ctx: Ctx, id: string, kind: Kind<T>): Promise<Series> {
  mayRead(ctx);
  await withTenant(ctx, (tx) => finished(tx, ctx, id));
  return { columns: kind.columns, parts: parts(ctx, id, kind) };
}

/** One transaction for each part, so that a slow reader holds no connection. */
async function* parts<T>(ctx: Ctx, id: string, kind: Kind<T>): AsyncGenerator<SeriesPart> {
  for (let from = 0; ; from += EXPORT_ROWS) {
    const part = await withTenant(ctx, async (tx) => {
      const row = await getBacktestRow(tx, ctx, id);
      return read(tx, ctx, row, kind.kind, kind.columns.length, from, EXPORT_ROWS);
    });
    if (!part || from >= part.rows) return;
    yield part.columns.map((column, c) => {
      const spell = words[kind.columns[c]?.name ?? ''];
      return spell ? Array.from(column, spell) : column;
    });
  }
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
