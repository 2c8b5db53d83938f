import type { Clock } from '@/lib/kernel/clock';
import { DomainError } from '@/lib/kernel/errors';
import { isCalendarTimeframe, type Timeframe } from '../timeframe';
import { BarGate } from './bar-gate';
import { CsvReader } from './csv-reader';
import { JsonReader } from './json-reader';
import { localTime } from './local-time';
import type { RowStore } from './row-store';
import { UploadReport } from './upload-report';

/** The largest upload: 256 MB. */
export const MAX_UPLOAD_BYTES = 256 * 1024 * 1024;

/** Bytes handled before other calls of this process get a turn. */
const TURN_BYTES = 4 * 1024 * 1024;

export type BarsFormat = 'csv' | 'json';

export type Reception = {
  format: BarsFormat;
  timeframe: Timeframe;
  timezone: string;
  clock: Clock;
  /** Largest size in bytes. */
  limit: number;
};

/**
 * Reads and checks a whole upload; good rows wait in the store, which the caller closes.
 * @throws too_large as soon as the limit is passed; malformed or invalid for what is no such file
 */
export async function receiveBars(
  body: AsyncIterable<Uint8Array>,
  store: RowStore,
  reception: Reception,
): Promise<UploadReport> {
  const report = new UploadReport();
  const { timeframe, timezone, clock, limit } = reception;
  const gate = new BarGate(timeframe, clock, report, store);
  // Dates are calendar dates wherever the market is: a daily bar must not move to the day before.
  const toInstant = localTime(isCalendarTimeframe(timeframe) ? 'UTC' : timezone);
  const Reader = reception.format === 'csv' ? CsvReader : JsonReader;
  const reader = new Reader(gate, report, toInstant);
  let size = 0;
  let turn = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) throw uploadTooLarge(limit);
    reader.push(chunk);
    if (store.isFull) await store.spill();
    turn += chunk.byteLength;
    if (turn < TURN_BYTES) continue;
    turn = 0;
    await new Promise(setImmediate);
  }
  reader.end();
  return report;
}

export function uploadTooLarge(limit: number): DomainError {
  const megabytes = Math.floor(limit / 1024 / 1024);
  const detail = `The upload is larger than ${megabytes} MB. Split the file by time and upload the parts; nothing was stored.`;
  return new DomainError('too_large', 'upload_too_large', detail);
}
