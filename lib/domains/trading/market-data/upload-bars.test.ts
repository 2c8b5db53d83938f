import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setEntitlements } from '@/lib/domains/entitlements';
import { getCurrentUsage } from '@/lib/domains/usage';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  addInstrument,
  CSV_HEADER,
  csvFile,
  csvOf,
  csvRow,
  inPieces,
  type MemberCtx,
  memberOf,
  tradingTenant,
  uploadCsv,
} from '@/lib/testing/trading-world';
import {
  deleteInstrument,
  exportBars,
  getInstrument,
  listBars,
  loadBars,
  MAX_UPLOAD_BYTES,
  uploadBars,
} from '.';
import { listBarsQuery } from './schemas';

const database = useTestDatabase();
const DAY = 86_400_000;
const MINUTE = 60_000;
const START = Date.UTC(2000, 0, 1);
const all = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
let admin: pg.Client;
let ctx: MemberCtx;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await closeDatabase();
});

beforeEach(async () => {
  ctx = await tradingTenant();
  await addInstrument(ctx, 'AAA');
});

const bars = (symbol = 'AAA', query = {}) =>
  listBars(ctx, symbol, listBarsQuery.parse({ timeframe: '1d', ...query }));

const stored = async () =>
  (await admin.query('SELECT 1 FROM bar_chunk WHERE tenant_id = $1', [ctx.tenantId])).rowCount;

describe('an upload', () => {
  it('counts what is new and what is replaced, and tells of it once', async () => {
    expect(await uploadCsv(ctx, 'AAA', csvFile(10))).toEqual({
      inserted: 10,
      updated: 0,
      rejected_count: 0,
      rejected: [],
    });
    const later = csvFile(10, DAY, START + 5 * DAY);
    expect(await uploadCsv(ctx, 'aaa', later)).toMatchObject({ inserted: 5, updated: 5 });
    expect((await getInstrument(ctx, 'AAA')).series).toMatchObject([
      {
        timeframe: '1d',
        bars: 15,
        first_at: '2000-01-01T00:00:00.000Z',
        last_at: '2000-01-15T00:00:00.000Z',
      },
    ]);
    const { data } = await bars();
    expect(data).toHaveLength(15);
    expect(data[5]).toEqual({
      time: '2000-01-06T00:00:00.000Z',
      ...Object.fromEntries(
        csvRow(START, 0)
          .split(',')
          .slice(1)
          .map((text, index) => [['open', 'high', 'low', 'close', 'volume'][index], Number(text)]),
      ),
    });
    const audit = await admin.query(
      `SELECT after FROM audit_event WHERE tenant_id = $1 AND action = 'instrument.bars_uploaded' ORDER BY id`,
      [ctx.tenantId],
    );
    expect(audit.rows.map(({ after }) => after)).toEqual([
      { symbol: 'AAA', timeframe: '1d', inserted: 10, updated: 0 },
      { symbol: 'AAA', timeframe: '1d', inserted: 5, updated: 5 },
    ]);
  });

  it('may come in any order and over many chunks', async () => {
    const count = 20_000;
    const rows = Array.from({ length: count }, (_, index) => csvRow(START + index * MINUTE, index));
    const shuffled = rows.map((_, index) => rows[(index * 7_919) % count] as string);
    const text = [CSV_HEADER, ...shuffled].join('\n');
    const report = await uploadCsv(ctx, 'AAA', text, { timeframe: '1m' });
    expect(report).toMatchObject({ inserted: count, updated: 0 });
    const loaded = await loadBars(ctx, 'AAA', '1m', all);
    expect(loaded?.time).toEqual(Float64Array.from(rows, (_, index) => START + index * MINUTE));
    expect(loaded?.volume[123]).toBe(1023);
    expect(await stored()).toBe(3);
  });

  it('keeps dates of daily bars, and reads intraday times in the instrument’s zone', async () => {
    await addInstrument(ctx, 'TKY', { timezone: 'Asia/Tokyo' });
    const file = (time: string) => `${CSV_HEADER}\n${time},1,1,1,1,1\n`;
    await uploadCsv(ctx, 'TKY', file('2020-01-02'));
    await uploadCsv(ctx, 'TKY', file('2020-01-02 09:00'), { timeframe: '1h' });
    expect((await bars('TKY')).data[0]?.time).toBe('2020-01-02T00:00:00.000Z');
    expect((await bars('TKY', { timeframe: '1h' })).data[0]?.time).toBe('2020-01-02T00:00:00.000Z');
  });

  it('of two at once keeps both', async () => {
    const halves = [csvFile(500, DAY, START), csvFile(500, DAY, START + 250 * DAY)];
    const reports = await Promise.all(halves.map((half) => uploadCsv(ctx, 'AAA', half)));
    expect(reports.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(750);
    expect((await getInstrument(ctx, 'AAA')).series[0]?.bars).toBe(750);
  });
});

describe('a bad row in line 70,000', () => {
  const lines = csvFile(70_100, MINUTE).trimEnd().split('\n');
  lines[69_999] = `${new Date(START + 69_998 * MINUTE).toISOString()},100,99,101,100,1`;
  const text = lines.join('\n');
  const report = {
    rejected_count: 1,
    rejected: [{ line: 70_000, code: 'high_below_low', message: 'high (99) is below low (101).' }],
  };

  it('refuses the whole file, with the report', async () => {
    await expect(uploadCsv(ctx, 'AAA', text, { timeframe: '1m' })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'bad_rows',
      extra: { inserted: 0, updated: 0, ...report },
      errors: [{ path: 'line[70000]', code: 'high_below_low' }],
    });
    expect(await stored()).toBe(0);
    expect((await getInstrument(ctx, 'AAA')).series).toEqual([]);
  });

  it('is left out when the caller says so', async () => {
    const skipped = await uploadCsv(ctx, 'AAA', text, { timeframe: '1m', on_error: 'skip' });
    expect(skipped).toEqual({ inserted: 70_099, updated: 0, ...report });
  });
});

describe('refusals', () => {
  it('leave nothing when the sender breaks off', async () => {
    async function* broken() {
      yield* inPieces(csvFile(1_000));
      throw new Error('connection lost');
    }
    const input = { timeframe: '1d', on_error: 'skip', format: 'csv', body: broken() } as const;
    await expect(uploadBars(ctx, 'AAA', input)).rejects.toThrow('connection lost');
    expect(await stored()).toBe(0);
  });

  it('stop reading after 256 MB', async () => {
    const piece = Buffer.alloc(4 * 1024 * 1024, 'x');
    piece.set(Buffer.from(`${CSV_HEADER}\n`));
    let sent = 0;
    async function* endless() {
      for (;;) {
        sent += piece.byteLength;
        yield piece;
      }
    }
    const input = { timeframe: '1d', on_error: 'skip', format: 'csv', body: endless() } as const;
    await expect(uploadBars(ctx, 'AAA', input)).rejects.toMatchObject({
      kind: 'too_large',
      code: 'upload_too_large',
    });
    expect(sent - MAX_UPLOAD_BYTES).toBeLessThanOrEqual(piece.byteLength);
  });

  it('name the role, the symbol, the owner', async () => {
    const file = csvFile(3);
    await expect(uploadCsv(memberOf(ctx.tenantId, 'viewer'), 'AAA', file)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(uploadCsv(ctx, 'NONE', file)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(uploadCsv(ctx, 'SPX', file)).rejects.toMatchObject({
      code: 'read_only_instrument',
    });
    const other = await tradingTenant();
    await expect(uploadCsv(other, 'AAA', file)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(
      uploadCsv({ ...ctx, clock: memberOf(ctx.tenantId, 'owner').clock }, 'AAA', 'a,b\n1,2\n'),
    ).rejects.toMatchObject({ code: 'wrong_columns' });
  });

  it('need a running trial or subscription, and room', async () => {
    ctx.clock.advance(15 * DAY);
    await expect(uploadCsv(ctx, 'AAA', csvFile(3))).rejects.toMatchObject({
      code: 'subscription_required',
    });
    const plan = { planId: 'starter', planVersion: 1, source: 'subscription' } as const;
    await withTenant(ctx, (tx) =>
      setEntitlements(tx, ctx, { ...plan, validUntil: null, apiCallsBeyond: 0 }),
    );
    await admin.query(
      `INSERT INTO bar_series (tenant_id, instrument_id, timeframe, bars, updated_at)
       SELECT tenant_id, id, '1w', 20833330, now() FROM instrument WHERE tenant_id = $1`,
      [ctx.tenantId],
    );
    expect(await uploadCsv(ctx, 'AAA', csvFile(3))).toMatchObject({ inserted: 3 });
    await expect(uploadCsv(ctx, 'AAA', csvFile(4))).rejects.toMatchObject({
      code: 'quota_exceeded',
      extra: { limit_name: 'storage_bytes', upgrade_to: 'professional' },
    });
    expect((await bars()).data).toHaveLength(3);
  });

  it('shows what is kept as storage used, also in the month after, and nothing once it is gone', async () => {
    const storage = async () =>
      (await getCurrentUsage(ctx)).find(({ meter }) => meter === 'storage_bytes');
    await uploadCsv(ctx, 'AAA', csvFile(10));
    await uploadCsv(ctx, 'AAA', csvFile(10));
    expect(await storage()).toMatchObject({ used: 480, resets_at: null });
    ctx.clock.advance(40 * DAY);
    expect(await storage()).toMatchObject({ used: 480 });
    await deleteInstrument(ctx, 'AAA');
    expect(await storage()).toMatchObject({ used: 0 });
  });
});

describe('reading', () => {
  it('goes on where the page before ended, within a window', async () => {
    await uploadCsv(ctx, 'AAA', csvFile(30));
    const window = { from: '2000-01-05', to: '2000-01-10', limit: 4 };
    const first = await bars('AAA', window);
    expect(first.data.map(({ time }) => time.slice(0, 10))).toEqual([
      '2000-01-05',
      '2000-01-06',
      '2000-01-07',
      '2000-01-08',
    ]);
    const second = await bars('AAA', { ...window, cursor: first.next_cursor });
    expect(second.data.map(({ time }) => time.slice(8, 10))).toEqual(['09', '10']);
    expect(second.next_cursor).toBeNull();
    await expect(bars('AAA', { from: '2001-01-01', to: '2000-01-01' })).rejects.toMatchObject({
      code: 'range_upside_down',
    });
    await expect(bars('AAA', { cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'invalid_cursor',
    });
  });

  it('starts at the end when asked for the newest', async () => {
    await uploadCsv(ctx, 'AAA', csvFile(20_000, MINUTE), { timeframe: '1m' });
    const query = { timeframe: '1m', newest: 'true', limit: 10_000 };
    const last = await bars('AAA', query);
    expect(last).toMatchObject({ data: { length: 10_000 }, next_cursor: null });
    expect(last.data.at(-1)?.time).toBe('2000-01-14T21:19:00.000Z');
    const before = await bars('AAA', { ...query, limit: 3, to: '2000-01-14T21:18:59.999Z' });
    expect(before.data.map(({ time }) => time.slice(14, 16))).toEqual(['16', '17', '18']);
    expect((await bars('AAA', { ...query, to: '1999-01-01' })).data).toEqual([]);
  });

  it('gives back as CSV what was uploaded', async () => {
    const rows = Array.from({ length: 9_000 }, (_, index) => csvRow(START + index * DAY, index));
    await uploadCsv(ctx, 'AAA', [CSV_HEADER, ...rows].join('\n'));
    const query = listBarsQuery.parse({ timeframe: '1d', to: '2024-12-31' });
    const text = await csvOf(await exportBars(ctx, 'AAA', query));
    const numbers = (line: string) => line.split(',').slice(1).map(Number);
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toBe(CSV_HEADER);
    expect(lines.slice(1).map(numbers)).toEqual(rows.map(numbers));
  });

  it('has the S&P 500 for every tenant', async () => {
    const spx = await getInstrument(ctx, 'spx');
    expect(spx).toMatchObject({
      symbol: 'SPX',
      read_only: true,
      series: [{ timeframe: '1d', bars: 5_105, first_at: '2000-01-03T00:00:00.000Z' }],
    });
    const loaded = await loadBars(ctx, 'SPX', '1d', all);
    expect(loaded?.time).toHaveLength(5_105);
    expect(loaded?.close[0]).toBe(1455.219971);
  });
});

it('takes 20 MB in little memory', { timeout: 180_000 }, async () => {
  const rows = 300_000;
  async function* file() {
    yield Buffer.from(`${CSV_HEADER}\n`);
    for (let from = 0; from < rows; from += 1_000) {
      const part = Array.from({ length: 1_000 }, (_, index) =>
        csvRow(START + (from + index) * MINUTE, from + index),
      );
      yield Buffer.from(`${part.join('\n')}\n`);
    }
  }
  const input = { timeframe: '1m', on_error: 'reject', format: 'csv', body: file() } as const;
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }, 5);
  const report = await uploadBars(ctx, 'AAA', input);
  clearInterval(watch);
  expect(report).toMatchObject({ inserted: rows, rejected_count: 0 });
  // A block of rows, its copy on the way to the disk, and chunks on the way to the database.
  expect(most).toBeLessThan(80_000_000);
});
