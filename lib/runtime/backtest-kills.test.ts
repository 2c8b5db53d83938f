import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { grantTrial } from '@/lib/domains/entitlements';
import { getBacktest, getBacktestQuota } from '@/lib/domains/trading/backtests';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import { newId, parsePublicId } from '@/lib/kernel/ids';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  addInstrument,
  csvFile,
  memberOf,
  queueBacktest,
  slowDefinition,
  uploadCsv,
} from '@/lib/testing/trading-world';
import { useWorkers } from '@/lib/testing/workers';

const database = useTestDatabase();
const MINUTE = 60_000;
/** How long anything may take before the test gives up; it passes as soon as it is so. */
const PATIENCE = 120_000;
let admin: pg.Client;
let ctx: Ctx;
const start = useWorkers(database);

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});

beforeEach(async () => {
  // The workers' clock is the real one, and month and trial have to be the same for both sides.
  ctx = { ...memberOf(newId(), 'owner'), clock: systemClock };
  await withTenant(ctx, (tx) => grantTrial(tx, ctx));
  await addInstrument(ctx, 'LONG');
  await uploadCsv(ctx, 'LONG', csvFile(100_000, MINUTE), { timeframe: '1m' });
});

afterAll(async () => {
  await admin.end();
  await closeDatabase();
});

const queue = () =>
  queueBacktest(ctx, { strategy: slowDefinition(), symbol: 'LONG', timeframe: '1m' });

const uuid = (id: string) => parsePublicId('backtest', id) ?? '';
const status = async (id: string) => (await getBacktest(ctx, id)).status;
const until = (id: string, wanted: string) =>
  expect.poll(() => status(id), { timeout: PATIENCE, interval: 100 }).toBe(wanted);

/** Waits until a worker has begun the run for the `attempt`th time, and is in the middle of it. */
async function begun(id: string, attempt: number): Promise<void> {
  const state = async () => {
    const { rows } = await admin.query<{ attempts: number; status: string }>(
      'SELECT attempts, status FROM backtest WHERE id = $1',
      [uuid(id)],
    );
    return rows[0];
  };
  await expect
    .poll(state, { timeout: PATIENCE, interval: 20 })
    .toEqual({ attempts: attempt, status: 'running' });
}

async function counted(meter: string): Promise<{ used: number; count: number }> {
  const { rows } = await admin.query<{ used: number; count: number }>(
    `SELECT p.used, r.count::int FROM usage_period p JOIN usage_rollup r USING (tenant_id, meter)
     WHERE tenant_id = $1 AND meter = $2`,
    [ctx.tenantId, meter],
  );
  return rows[0] ?? { used: 0, count: 0 };
}

async function results(id: string): Promise<string[]> {
  const { rows } = await admin.query<{ kind: string }>(
    'SELECT kind FROM backtest_series WHERE backtest_id = $1 ORDER BY kind',
    [uuid(id)],
  );
  return rows.map(({ kind }) => kind);
}

async function endings(id: string): Promise<string[]> {
  const { rows } = await admin.query<{ status: string }>(
    `SELECT payload->>'status' AS status FROM outbox WHERE topic = 'backtest.finished' AND payload->>'id' = $1`,
    [id],
  );
  return rows.map((row) => row.status);
}

it('is finished by another worker when the first is killed in mid-run, with the same result', async () => {
  const first = await start();
  const calm = await queue();
  await until(calm, 'succeeded');
  const before = await counted('compute_seconds');
  const id = await queue();
  await begun(id, 1);
  await first.kill();
  await start();
  await until(id, 'succeeded');
  const run = await getBacktest(ctx, id);
  expect(run.hash).toBe((await getBacktest(ctx, calm)).hash);
  expect(run.metrics).toEqual((await getBacktest(ctx, calm)).metrics);
  const attempts = await admin.query('SELECT attempts FROM backtest WHERE id = $1', [uuid(id)]);
  expect(attempts.rows[0].attempts).toBe(2);
  expect(await results(id)).toEqual(await results(calm));
  expect(await endings(id)).toEqual(['succeeded']);
  expect((await getBacktestQuota(ctx)).used).toBe(2);
  const after = await counted('compute_seconds');
  expect([before.count, after.count]).toEqual([1, 2]);
  expect(after.used).toBeGreaterThan(before.used);
}, 300_000);

it('fails with the reason when every attempt is killed, and is given back', async () => {
  const id = await queue();
  for (let attempt = 1; attempt <= 5; attempt++) {
    const worker = await start();
    await begun(id, attempt);
    await worker.kill();
    expect(await status(id)).toBe('running');
  }
  await start();
  // Until here nobody can know that the last one is dead: its lease has to run out first.
  await admin.query(`UPDATE backtest SET lease_until = now() - interval '1 second' WHERE id = $1`, [
    uuid(id),
  ]);
  for (let tries = 0; tries < 600 && (await status(id)) === 'running'; tries++) {
    // What the clock does once a minute.
    await admin.query(
      `SELECT graphile_worker.add_job('backtests.sweep', '{}', job_key => 'backtests.sweep')`,
    );
    await sleep(200);
  }
  const run = await getBacktest(ctx, id);
  expect(run).toMatchObject({ status: 'failed', error: { code: 'interrupted' }, hash: null });
  expect(run.error?.message).toContain('5 times in a row');
  expect(await results(id)).toEqual([]);
  expect(await endings(id)).toEqual(['failed']);
  expect((await getBacktestQuota(ctx)).used).toBe(0);
  expect(await counted('compute_seconds')).toEqual({ used: 0, count: 0 });
}, 300_000);
