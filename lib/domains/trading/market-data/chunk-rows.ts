import { type Tx, txSql } from '@/lib/infra/db';
import type { Timeframe } from './timeframe';

/** Which series: the owner's tenant id comes from the instrument that was found, not from a caller. */
export type SeriesKey = { tenantId: string; instrumentId: string; timeframe: Timeframe };

export type ChunkRow = { slot: number; data: Buffer };

type Order = 'oldest' | 'newest';

const SELECT = (order: Order) => `SELECT slot, data FROM bar_chunk
  WHERE tenant_id = $1 AND instrument_id = $2 AND timeframe = $3 AND slot BETWEEN $4 AND $5
  ORDER BY slot ${order === 'oldest' ? 'ASC' : 'DESC'} LIMIT $6`;

const UPSERT = `INSERT INTO bar_chunk (tenant_id, instrument_id, timeframe, slot, bars, data)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (tenant_id, instrument_id, timeframe, slot) DO UPDATE
    SET bars = excluded.bars, data = excluded.data`;

const keyValues = ({ tenantId, instrumentId, timeframe }: SeriesKey) => [
  tenantId,
  instrumentId,
  timeframe,
];

/** Up to `limit` chunks of the slots from `first` to `last`, both included. */
export async function readChunkRows(
  tx: Tx,
  key: SeriesKey,
  {
    first,
    last,
    limit,
    order = 'oldest',
  }: { first: number; last: number; limit: number; order?: Order },
): Promise<ChunkRow[]> {
  const { rows } = await txSql<ChunkRow>(tx, {
    name: `bars.read-${order}`,
    text: SELECT(order),
    values: [...keyValues(key), first, last, limit],
  });
  return rows;
}

/** Writes a slot's chunk, or replaces it. The series' row is locked by the caller. */
export async function writeChunkRow(
  tx: Tx,
  key: SeriesKey,
  chunk: { slot: number; bars: number; data: Buffer },
): Promise<void> {
  await txSql(tx, {
    name: 'bars.write',
    text: UPSERT,
    values: [...keyValues(key), chunk.slot, chunk.bars, chunk.data],
  });
}
