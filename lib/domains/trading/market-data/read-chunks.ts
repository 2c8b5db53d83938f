import type { Tx } from '@/lib/infra/db';
import { type Bars, decodeBars, firstAtOrAfter, sliceBars } from './bar-columns';
import { readChunkRows, type SeriesKey } from './chunk-rows';
import type { TimeWindow } from './schemas';
import { slotOf, type Timeframe } from './timeframe';

/** Chunks read in one statement: about 3 MB. */
const CHUNKS_A_READ = 8;
const INT4 = 2 ** 31 - 1;

/** The bars of a window, chunk by chunk, oldest first; parts of chunks outside it are left out. */
export async function* readChunks(
  tx: Tx,
  key: SeriesKey,
  window: TimeWindow,
): AsyncGenerator<Bars> {
  let slot = firstSlot(window.from, key.timeframe);
  const last = lastSlot(window.to, key.timeframe);
  while (slot <= last) {
    const rows = await readChunkRows(tx, key, { first: slot, last, limit: CHUNKS_A_READ });
    for (const row of rows) {
      const bars = within(decodeBars(row.data), window);
      if (bars.time.length > 0) yield bars;
    }
    if (rows.length < CHUNKS_A_READ) return;
    slot = (rows.at(-1)?.slot ?? last) + 1;
  }
}

/** The chunks of a window from its end backwards, each oldest first inside. */
export async function* readChunksBackwards(
  tx: Tx,
  key: SeriesKey,
  window: TimeWindow,
): AsyncGenerator<Bars> {
  const first = firstSlot(window.from, key.timeframe);
  let slot = lastSlot(window.to, key.timeframe);
  while (slot >= first) {
    const [row] = await readChunkRows(tx, key, { first, last: slot, limit: 1, order: 'newest' });
    if (!row) return;
    const bars = within(decodeBars(row.data), window);
    if (bars.time.length > 0) yield bars;
    slot = row.slot - 1;
  }
}

function firstSlot(from: number, timeframe: Timeframe): number {
  return Number.isFinite(from) ? Math.max(-INT4, slotOf(from, timeframe)) : -INT4;
}

function lastSlot(to: number, timeframe: Timeframe): number {
  return Number.isFinite(to) ? Math.min(INT4, slotOf(to, timeframe)) : INT4;
}

function within(bars: Bars, { from, to }: TimeWindow): Bars {
  const start = Number.isFinite(from) ? firstAtOrAfter(bars.time, from) : 0;
  // `to` is included, and times are whole milliseconds.
  const end = Number.isFinite(to) ? firstAtOrAfter(bars.time, to + 1) : bars.time.length;
  if (start === 0 && end === bars.time.length) return bars;
  return sliceBars(bars, start, Math.max(start, end));
}
