import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { type Bars, allocateBars, copyBars } from './bar-columns';
import { findInstrument, type InstrumentRow } from './internal';
import { mayRead } from './policy';
import type { SeriesKey } from './chunk-rows';
import { readChunks } from './read-chunks';
import type { TimeWindow } from './schemas';
import type { Timeframe } from './timeframe';

/**
 * All bars of a window in columns, oldest first, for the engine. Null when the tenant has no such
 * instrument. Takes 48 bytes a bar.
 */
export async function loadBars(
  ctx: Ctx,
  symbol: string,
  timeframe: Timeframe,
  window: TimeWindow,
): Promise<Bars | null> {
  mayRead(ctx);
  return withTenant(ctx, async (tx) => {
    const instrument = await findInstrument(tx, ctx, symbol);
    if (!instrument) return null;
    const parts: Bars[] = [];
    for await (const bars of readChunks(tx, seriesKey(instrument, timeframe), window)) {
      parts.push(bars);
    }
    const all = allocateBars(parts.reduce((sum, part) => sum + part.time.length, 0));
    let at = 0;
    for (const part of parts) {
      copyBars(part, 0, part.time.length, all, at);
      at += part.time.length;
    }
    return all;
  });
}

export function seriesKey(instrument: InstrumentRow, timeframe: Timeframe): SeriesKey {
  return { tenantId: instrument.tenantId, instrumentId: instrument.id, timeframe };
}

/** What a back-test asks before it is queued. */
export type WindowCheck = {
  instrument: InstrumentRow | null;
  /** Timeframes that have bars. */
  timeframes: Timeframe[];
  /** Bars within the window, counted up to `enough`. */
  bars: number;
  firstAt: Date | null;
  lastAt: Date | null;
};

/** Looks, without loading a whole series, whether a window holds at least `enough` bars. */
export async function checkWindow(
  tx: Tx,
  ctx: Ctx,
  series: { symbol: string; timeframe: Timeframe },
  window: TimeWindow,
  enough: number,
): Promise<WindowCheck> {
  const instrument = await findInstrument(tx, ctx, series.symbol);
  const filled = instrument?.series.filter((one) => one.bars > 0) ?? [];
  const wanted = filled.find((one) => one.timeframe === series.timeframe);
  let bars = 0;
  if (instrument && wanted) {
    for await (const part of readChunks(tx, seriesKey(instrument, series.timeframe), window)) {
      bars += part.time.length;
      if (bars >= enough) break;
    }
  }
  return {
    instrument,
    timeframes: filled.map((one) => one.timeframe as Timeframe),
    bars,
    firstAt: wanted?.firstAt ?? null,
    lastAt: wanted?.lastAt ?? null,
  };
}
