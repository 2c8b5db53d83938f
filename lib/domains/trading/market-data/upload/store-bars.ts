import type { Tx } from '@/lib/infra/db';
import { type Bars, sliceBars, decodeBars, encodeBars, firstAtOrAfter } from '../bar-columns';
import { readChunkRows, type SeriesKey, writeChunkRow } from '../chunk-rows';
import { periodOf, slotOf, slotStart } from '../timeframe';
import { mergeBars, orderBars } from './order-bars';

export type StoredCount = { inserted: number; updated: number };

/**
 * Merges rows into a series, chunk by chunk. The lock on the series row makes uploads of one series wait for
 * each other; readers see all of an upload or nothing.
 */
export async function storeBars(
  tx: Tx,
  key: SeriesKey,
  blocks: AsyncIterable<Bars>,
  now: Date,
): Promise<StoredCount> {
  await lockSeries(tx, key, now);
  const filled = await filledSlots(tx, key);
  const count: StoredCount = { inserted: 0, updated: 0 };
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for await (const block of blocks) {
    const bars = orderBars(block);
    first = Math.min(first, bars.time[0] ?? first);
    last = Math.max(last, bars.time.at(-1) ?? last);
    for (const { slot, part } of bySlot(bars, key)) {
      const { inserted, updated } = await storeSlot(tx, key, slot, part, filled.has(slot));
      filled.add(slot);
      count.inserted += inserted;
      count.updated += updated;
    }
  }
  await tx.$executeRaw`UPDATE bar_series SET bars = bars + ${count.inserted}::int,
      first_at = least(first_at, ${new Date(first)}::timestamptz),
      last_at = greatest(last_at, ${new Date(last)}::timestamptz),
      revision = revision + 1, updated_at = ${now}::timestamptz
    WHERE tenant_id = ${key.tenantId}::uuid AND instrument_id = ${key.instrumentId}::uuid
      AND timeframe = ${key.timeframe}`;
  return count;
}

async function lockSeries(tx: Tx, key: SeriesKey, now: Date): Promise<void> {
  await tx.$executeRaw`INSERT INTO bar_series (tenant_id, instrument_id, timeframe, bars, updated_at)
    VALUES (${key.tenantId}::uuid, ${key.instrumentId}::uuid, ${key.timeframe}, 0, ${now}::timestamptz)
    ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`SELECT 1 FROM bar_series WHERE tenant_id = ${key.tenantId}::uuid
    AND instrument_id = ${key.instrumentId}::uuid AND timeframe = ${key.timeframe} FOR UPDATE`;
}

async function filledSlots(tx: Tx, key: SeriesKey): Promise<Set<number>> {
  const rows = await tx.barChunk.findMany({ where: { ...key }, select: { slot: true } });
  return new Set(rows.map((row) => row.slot));
}

function* bySlot(bars: Bars, key: SeriesKey): Generator<{ slot: number; part: Bars }> {
  let start = 0;
  while (start < bars.time.length) {
    const slot = slotOf(bars.time[start] as number, key.timeframe);
    const end = firstAtOrAfter(bars.time, slotStart(slot + 1, key.timeframe));
    yield { slot, part: sliceBars(bars, start, end) };
    start = end;
  }
}

async function storeSlot(
  tx: Tx,
  key: SeriesKey,
  slot: number,
  fresh: Bars,
  exists: boolean,
): Promise<StoredCount> {
  const length = fresh.time.length;
  const write = (bars: Bars, count: number) =>
    writeChunkRow(tx, key, { slot, bars: count, data: encodeBars(bars, count) });
  const [stored] = exists
    ? await readChunkRows(tx, key, { first: slot, last: slot, limit: 1 })
    : [];
  if (!stored) {
    await write(fresh, length);
    return { inserted: length, updated: 0 };
  }
  const period = (time: number) => periodOf(time, key.timeframe);
  const merged = mergeBars(decodeBars(stored.data), fresh, period);
  await write(merged.bars, merged.length);
  return { inserted: length - merged.replaced, updated: merged.replaced };
}
