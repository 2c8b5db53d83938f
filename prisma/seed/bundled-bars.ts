import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import {
  allocateBars,
  encodeBars,
  PLATFORM_TENANT,
  slotOf,
} from '@/lib/domains/trading/market-data';

/** Lower than every id made at a real time, so that bundled instruments stand last in lists. */
const SPX_ID = '00000000-0000-7000-8000-000000000001';
const TIMEFRAME = '1d';

/**
 * The S&P 500 index, daily, 2000 to 2020, as the package vega-datasets ships it. Kept under the platform's own
 * tenant id, which every tenant may read and nobody may write.
 */
export async function seedBundledBars(admin: pg.Client): Promise<void> {
  await admin.query('BEGIN');
  try {
    // The policies hold for an administrator who isn't a superuser.
    await admin.query(`SELECT set_config('app.tenant_id', $1, true)`, [PLATFORM_TENANT]);
    const created = await admin.query(
      `INSERT INTO instrument (tenant_id, id, symbol, name, kind, currency, point, timezone, created_at, updated_at)
       VALUES ($1, $2, 'SPX', 'S&P 500 index', 'index', 'USD', 0.01, 'UTC', now(), now())
       ON CONFLICT DO NOTHING`,
      [PLATFORM_TENANT, SPX_ID],
    );
    if (created.rowCount === 1) await storeBars(admin);
    await admin.query('COMMIT');
  } catch (error) {
    await admin.query('ROLLBACK');
    throw error;
  }
}

async function storeBars(admin: pg.Client): Promise<void> {
  const rows = await readRows();
  const first = rows[0]?.[0];
  const last = rows.at(-1)?.[0];
  await admin.query(
    `INSERT INTO bar_series (tenant_id, instrument_id, timeframe, bars, first_at, last_at, revision, updated_at)
     VALUES ($1, $2, $3, $4, to_timestamp($5 / 1000.0), to_timestamp($6 / 1000.0), 1, now())`,
    [PLATFORM_TENANT, SPX_ID, TIMEFRAME, rows.length, first, last],
  );
  const slots = new Map<number, number[][]>();
  for (const row of rows) {
    const slot = slotOf(row[0] as number, TIMEFRAME);
    const part = slots.get(slot);
    if (part) part.push(row);
    else slots.set(slot, [row]);
  }
  for (const [slot, part] of slots) {
    const bars = allocateBars(part.length);
    part.forEach(([time = 0, open = 0, high = 0, low = 0, close = 0, volume = 0], at) => {
      bars.time[at] = time;
      bars.open[at] = open;
      bars.high[at] = high;
      bars.low[at] = low;
      bars.close[at] = close;
      bars.volume[at] = volume;
    });
    await admin.query(
      `INSERT INTO bar_chunk (tenant_id, instrument_id, timeframe, slot, bars, data)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [PLATFORM_TENANT, SPX_ID, TIMEFRAME, slot, part.length, encodeBars(bars, part.length)],
    );
  }
}

/** time, open, high, low, close, volume; the file has the adjusted close before the volume. */
async function readRows(): Promise<number[][]> {
  const entry = createRequire(import.meta.url).resolve('vega-datasets');
  const text = await readFile(join(dirname(entry), '..', 'data', 'sp500-2000.csv'), 'utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [date = '', ...figures] = line.split(',');
      const [open, high, low, close, , volume] = figures.map(Number);
      const row = [Date.parse(date), open, high, low, close, volume] as number[];
      if (row.every(Number.isFinite)) return row;
      throw new Error(`The bundled bars have a line that can't be read: ${line}`);
    });
}
