import type { Bars } from './bar-columns';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import type { Page } from '@/lib/kernel/page';
import { invalidField } from '@/lib/kernel/errors';
import type { Series, SeriesPart } from '@/lib/kernel/series';
import { getInstrumentRow, readCursor, writeCursor } from './internal';
import { seriesKey } from './load-bars';
import { mayRead } from './policy';
import { readChunks, readChunksBackwards } from './read-chunks';
import { type BarDto, type ListBarsQuery, readWindow, type TimeWindow } from './schemas';

export type BarPage = Page<BarDto>;

/** A page of bars, oldest first. @throws not_found; invalid for a window that is upside down */
export async function listBars(ctx: Ctx, symbol: string, query: ListBarsQuery): Promise<BarPage> {
  mayRead(ctx);
  const window = checkedWindow(query);
  if (query.newest === 'true') return listNewest(ctx, symbol, query, window);
  return withTenant(ctx, async (tx) => {
    const instrument = await getInstrumentRow(tx, ctx, symbol);
    const data: BarDto[] = [];
    for await (const bars of readChunks(tx, seriesKey(instrument, query.timeframe), window)) {
      for (let at = 0; at < bars.time.length && data.length <= query.limit; at++) {
        data.push(barAt(bars, at));
      }
      if (data.length > query.limit) break;
    }
    const more = data.length > query.limit ? data.pop() : undefined;
    return { data, next_cursor: more ? writeCursor(String(Date.parse(more.time))) : null };
  });
}

/** The end of a window: what a chart opens with, and asks for when it is moved into the past. */
async function listNewest(
  ctx: Ctx,
  symbol: string,
  query: ListBarsQuery,
  window: TimeWindow,
): Promise<BarPage> {
  return withTenant(ctx, async (tx) => {
    const instrument = await getInstrumentRow(tx, ctx, symbol);
    const key = seriesKey(instrument, query.timeframe);
    const data: BarDto[] = [];
    for await (const bars of readChunksBackwards(tx, key, window)) {
      for (let at = bars.time.length - 1; at >= 0 && data.length < query.limit; at--) {
        data.push(barAt(bars, at));
      }
      if (data.length >= query.limit) break;
    }
    return { data: data.reverse(), next_cursor: null };
  });
}

const COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;

/** A whole window of bars. `limit` and `cursor` don't apply. @throws like `listBars` */
export async function exportBars(ctx: Ctx, symbol: string, query: ListBarsQuery): Promise<Series> {
  mayRead(ctx);
  const window = checkedWindow({ ...query, cursor: undefined });
  // Found first, so that a missing instrument is a 404 and not a broken download.
  await withTenant(ctx, (tx) => getInstrumentRow(tx, ctx, symbol));
  return {
    columns: [
      { name: 'time', kind: 'time' },
      ...COLUMNS.map((name) => ({ name, kind: 'number' }) as const),
    ],
    parts: chunks(ctx, symbol, query, window),
  };
}

/** One transaction for each part, so that a slow reader holds no connection. */
async function* chunks(
  ctx: Ctx,
  symbol: string,
  query: ListBarsQuery,
  { from, to }: TimeWindow,
): AsyncGenerator<SeriesPart> {
  for (let next = from; ; ) {
    const bars = await firstChunk(ctx, symbol, query, { from: next, to });
    const last = bars?.time.at(-1);
    if (!bars || last === undefined) return;
    yield [bars.time, ...COLUMNS.map((name) => bars[name])];
    next = last + 1;
  }
}

async function firstChunk(
  ctx: Ctx,
  symbol: string,
  query: ListBarsQuery,
  window: TimeWindow,
): Promise<Bars | null> {
  return withTenant(ctx, async (tx) => {
    const instrument = await getInstrumentRow(tx, ctx, symbol);
    for await (const bars of readChunks(tx, seriesKey(instrument, query.timeframe), window)) {
      return bars;
    }
    return null;
  });
}

function barAt(bars: Bars, at: number): BarDto {
  return {
    time: new Date(bars.time[at] as number).toISOString(),
    open: bars.open[at] as number,
    high: bars.high[at] as number,
    low: bars.low[at] as number,
    close: bars.close[at] as number,
    volume: bars.volume[at] as number,
  };
}

function checkedWindow(query: Pick<ListBarsQuery, 'from' | 'to' | 'cursor'>): TimeWindow {
  const window = readWindow(query);
  if (window.from > window.to) {
    throw invalidField('from', 'range_upside_down', '"from" lies after "to".');
  }
  const { cursor } = query;
  if (cursor === undefined) return window;
  const from = Number(readCursor(cursor, /^-?\d{1,15}$/));
  return { ...window, from: Math.max(from, window.from) };
}
