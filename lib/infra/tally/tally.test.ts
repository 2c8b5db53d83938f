import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { closeDatabase, withSystem } from '@/lib/infra/db';
import { newId } from '@/lib/kernel/ids';
import { useTestDatabase } from '@/lib/testing/test-database';
import { addTallies, drainTallies, tally, tallyOnce } from '.';

const database = useTestDatabase();
let admin: pg.Client;
let tenantId: string;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await closeDatabase();
});

beforeEach(() => {
  tenantId = newId();
});

const at = new Date('2026-03-10T12:30:00Z');
const soon = new Date('2026-03-10T13:30:00Z');
const nextMonth = new Date('2026-04-01T00:00:00Z');
const bytes = (value: number, when = at) =>
  tally({ tenantId, meter: 'bandwidth_bytes', at: when, count: 1, value });
const feature = (subject: string, when = at) =>
  tallyOnce({ tenantId, meter: 'feature_access', at: when, subject });

async function months(meter: string) {
  const { rows } = await admin.query<{ month: string; used: number; dirty: boolean }>(
    `SELECT to_char(period_start AT TIME ZONE 'UTC', 'YYYY-MM') AS month, used, dirty FROM usage_period
     WHERE tenant_id = $1 AND meter = $2 ORDER BY 1`,
    [tenantId, meter],
  );
  return rows;
}

async function hours(meter: string) {
  const { rows } = await admin.query<{ hour: number; count: number; sum: number }>(
    `SELECT extract(hour FROM hour AT TIME ZONE 'UTC')::int AS hour, count::int, sum FROM usage_rollup
     WHERE tenant_id = $1 AND meter = $2 ORDER BY usage_rollup.hour`,
    [tenantId, meter],
  );
  return rows;
}

it('adds up what was tallied, by month and hour', async () => {
  for (const value of [100, 20, 3]) bytes(value);
  bytes(1_000, soon);
  expect(await months('bandwidth_bytes')).toEqual([]);
  await drainTallies();
  bytes(5);
  await drainTallies();
  expect(await months('bandwidth_bytes')).toEqual([{ month: '2026-03', used: 1_128, dirty: true }]);
  expect(await hours('bandwidth_bytes')).toEqual([
    { hour: 12, count: 4, sum: 128 },
    { hour: 13, count: 1, sum: 1_000 },
  ]);
});

it('writes by itself after a while', async () => {
  bytes(7);
  await expect.poll(() => months('bandwidth_bytes'), { timeout: 20_000 }).toHaveLength(1);
});

it('counts a thing once a month, also where another process has seen it', async () => {
  await admin.query('SELECT door.add_usage($1, $2, $3, $4, $5, $6, $7)', [
    newId(),
    [tenantId],
    ['feature_access'],
    [at],
    [1],
    [1],
    ['branding'],
  ]);
  for (const name of ['branding', 'market_data', 'market_data']) feature(name);
  await drainTallies();
  feature('market_data', soon);
  await drainTallies();
  expect((await months('feature_access')).map(({ used }) => used)).toEqual([2]);
  feature('market_data', nextMonth);
  await drainTallies();
  expect((await months('feature_access')).map(({ used }) => used)).toEqual([2, 1]);
});

it('keeps what could not be written, and writes it once', async () => {
  const right = (verb: string) =>
    admin.query(
      `${verb} EXECUTE ON FUNCTION door.add_usage(uuid, uuid[], text[], timestamptz[], bigint[], float8[], text[]) ${verb === 'GRANT' ? 'TO' : 'FROM'} nz_app`,
    );
  await right('REVOKE');
  bytes(50);
  await drainTallies();
  bytes(8);
  await drainTallies();
  expect(await months('bandwidth_bytes')).toEqual([]);
  await right('GRANT');
  await drainTallies();
  expect(await hours('bandwidth_bytes')).toEqual([{ hour: 12, count: 2, sum: 58 }]);
});

it('adds a flush once, however often it is sent', async () => {
  const flush = newId();
  const send = () =>
    admin.query('SELECT door.add_usage($1, $2, $3, $4, $5, $6, $7)', [
      flush,
      [tenantId],
      ['bandwidth_bytes'],
      [at],
      [1],
      [9],
      [null],
    ]);
  await send();
  await send();
  expect((await months('bandwidth_bytes'))[0]?.used).toBe(9);
});

it('takes part in a transaction: what is rolled back counts nothing', async () => {
  const one = { tenantId, meter: 'user_sessions', at, count: 1, value: 1 };
  await withSystem('test', (tx) => addTallies(tx, [one, { ...one, at: soon }]));
  await expect(
    withSystem('test', async (tx) => {
      await addTallies(tx, [one]);
      throw new Error('taken back');
    }),
  ).rejects.toThrow('taken back');
  expect((await months('user_sessions'))[0]?.used).toBe(2);
});
