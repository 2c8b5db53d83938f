import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { strategyPresets } from '@/lib/domains/trading/strategies';
import { closeDatabase } from '@/lib/infra/db';
import { parsePublicId } from '@/lib/kernel/ids';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  addInstrument,
  csvFile,
  type MemberCtx,
  queueBacktest,
  slowDefinition,
  tradingTenant,
  uploadCsv,
} from '@/lib/testing/trading-world';
import { cancelBacktest, getBacktest, getBacktestQuota } from '.';
import { RUN_KEY } from './job-contracts';
import { runQueuedBacktest } from './run-queued-backtest';
import { sweepBacktests } from './sweep-backtests';

const database = useTestDatabase();
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
});

const uuid = (id: string) => parsePublicId('backtest', id) ?? '';

const queue = (wish: Record<string, unknown> = {}) =>
  queueBacktest(ctx, { strategy: strategyPresets[0]?.definition, ...wish });

const sweep = () =>
  sweepBacktests({ requestId: 'req_sweep', clock: ctx.clock, ip: null, userAgent: null });

/** What a worker leaves behind that was killed in its `attempts`th attempt: a lease, and a job in its hand or given back. */
async function killedIn(id: string, attempts: number, { leaseLeft = '-1 second' } = {}) {
  await admin.query(
    `UPDATE backtest SET status = 'running', started_at = now(), progress = 0.4, attempts = $2,
       lease = gen_random_uuid(), lease_until = now() + $3::interval WHERE id = $1`,
    [uuid(id), attempts, leaseLeft],
  );
}

const setJob = (id: string, fields: string) =>
  admin.query(`UPDATE graphile_worker._private_jobs SET ${fields} WHERE key = $1`, [
    RUN_KEY + uuid(id),
  ]);
const NO_TRY_LEFT = 'attempts = max_attempts, locked_at = NULL, locked_by = NULL';
const IN_HAND = "attempts = max_attempts, locked_at = now(), locked_by = 'a worker'";

async function waitingJobs(id: string): Promise<number> {
  const { rows } = await admin.query(
    `SELECT 1 FROM graphile_worker._private_jobs WHERE key = $1 AND locked_at IS NULL AND attempts < max_attempts`,
    [RUN_KEY + uuid(id)],
  );
  return rows.length;
}

async function told(id: string): Promise<{ audit: string[]; outbox: string[] }> {
  const audit = await admin.query<{ action: string }>(
    `SELECT action FROM audit_event WHERE object_id = $1 AND request_id = 'req_sweep'`,
    [uuid(id)],
  );
  const outbox = await admin.query<{ message: string }>(
    `SELECT topic || ' ' || (payload->>'status') AS message FROM outbox
     WHERE payload->>'id' = $1 AND request_id = 'req_sweep' ORDER BY id`,
    [id],
  );
  return {
    audit: audit.rows.map(({ action }) => action),
    outbox: outbox.rows.map(({ message }) => message),
  };
}

const attemptsOf = async (id: string) =>
  (await admin.query('SELECT attempts FROM backtest WHERE id = $1', [uuid(id)])).rows[0].attempts;

describe('a run whose worker was killed', () => {
  it('is queued again while it has attempts left', async () => {
    const id = await queue();
    await killedIn(id, 4);
    await setJob(id, NO_TRY_LEFT);
    await sweep();
    expect(await getBacktest(ctx, id)).toMatchObject({ status: 'queued', progress: 0 });
    expect(await attemptsOf(id)).toBe(4);
    expect(await waitingJobs(id)).toBe(1);
    expect(await told(id)).toEqual({
      audit: ['backtest.requeued'],
      outbox: ['backtest.progress queued'],
    });
  });

  it('fails after the last one, says why, and is given back', async () => {
    const id = await queue();
    await killedIn(id, 5);
    await setJob(id, NO_TRY_LEFT);
    await sweep();
    const run = await getBacktest(ctx, id);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'interrupted' }, hash: null });
    expect(run.error?.message).toMatch(/stopped before its end, 5 times.+doesn’t count.+again/);
    expect(run.finished_at).not.toBeNull();
    expect(await told(id)).toEqual({
      audit: ['backtest.failed'],
      outbox: ['backtest.finished failed'],
    });
    expect((await getBacktestQuota(ctx)).used).toBe(0);
    await sweep();
    expect((await told(id)).audit).toHaveLength(1);
    expect((await getBacktestQuota(ctx)).used).toBe(0);
  });

  it('stays counted in a month that is over', async () => {
    const id = await queue();
    ctx.clock.advance(40 * 86_400_000);
    await killedIn(id, 5);
    await setJob(id, NO_TRY_LEFT);
    await sweep();
    expect(await getBacktest(ctx, id)).toMatchObject({ status: 'failed' });
    const { rows } = await admin.query(
      `SELECT used FROM usage_period WHERE tenant_id = $1 AND meter = 'backtests'`,
      [ctx.tenantId],
    );
    expect(rows).toEqual([{ used: 1 }]);
  });

  it('is settled once by many sweeps at the same time', async () => {
    const ids = [await queue(), await queue()];
    await killedIn(ids[0] ?? '', 5);
    await killedIn(ids[1] ?? '', 2);
    for (const id of ids) await setJob(id, NO_TRY_LEFT);
    await Promise.all(Array.from({ length: 6 }, sweep));
    expect((await told(ids[0] ?? '')).outbox).toEqual(['backtest.finished failed']);
    expect((await told(ids[1] ?? '')).outbox).toEqual(['backtest.progress queued']);
    expect(await attemptsOf(ids[1] ?? '')).toBe(2);
  });

  it('is found also while a worker that no longer says it lives keeps its job', async () => {
    const id = await queue();
    await killedIn(id, 1);
    await setJob(id, IN_HAND);
    await sweep();
    expect(await getBacktest(ctx, id)).toMatchObject({ status: 'queued' });
    expect(await waitingJobs(id)).toBe(1);
  });

  it('is found when its attempts never got as far as to begin, or its job is gone', async () => {
    const [never, gone] = [await queue(), await queue()];
    await setJob(never, NO_TRY_LEFT);
    await admin.query('DELETE FROM graphile_worker._private_jobs WHERE key = $1', [
      RUN_KEY + uuid(gone),
    ]);
    await sweep();
    for (const id of [never, gone]) {
      expect(await attemptsOf(id)).toBe(1);
      expect(await waitingJobs(id)).toBe(1);
    }
  });

  it('ends at the first attempt over the limit, should the queue have tries left', async () => {
    const id = await queue();
    await killedIn(id, 5);
    const job = { ...ctx, actor: { kind: 'job', name: 'backtests.run' } as const };
    await runQueuedBacktest(job, uuid(id), new AbortController().signal);
    expect(await getBacktest(ctx, id)).toMatchObject({ error: { code: 'interrupted' } });
    expect((await getBacktestQuota(ctx)).used).toBe(0);
  });
});

describe('a run that is left alone', () => {
  it.each([
    ['works and says so', NO_TRY_LEFT, '10 seconds'],
    ['was killed and waits in the queue', 'attempts = 1, locked_at = NULL', '-1 second'],
  ])('%s', async (_, job, leaseLeft) => {
    const id = await queue();
    await killedIn(id, 1, { leaseLeft });
    await setJob(id, job);
    await sweep();
    expect(await getBacktest(ctx, id)).toMatchObject({ status: 'running', progress: 0.4 });
    expect(await told(id)).toEqual({ audit: [], outbox: [] });
  });

  it.each([
    ['waits for its first attempt', 'attempts = 0'],
    ['was just taken from the queue', IN_HAND],
  ])('%s', async (_, job) => {
    const id = await queue();
    await setJob(id, job);
    await sweep();
    expect(await getBacktest(ctx, id)).toMatchObject({ status: 'queued' });
    expect(await attemptsOf(id)).toBe(0);
  });
});

describe('cancelling', () => {
  it('ends a run that nobody works on at once, and gives it back', async () => {
    const id = await queue();
    await killedIn(id, 3);
    expect(await cancelBacktest(ctx, id)).toMatchObject({ status: 'cancelled' });
    expect((await getBacktestQuota(ctx)).used).toBe(0);
    await sweep();
    expect(await getBacktest(ctx, id)).toMatchObject({ status: 'cancelled' });
  });

  it('is kept to when the worker dies before it hears of it', async () => {
    const id = await queue();
    await killedIn(id, 1, { leaseLeft: '1 hour' });
    await setJob(id, NO_TRY_LEFT);
    expect(await cancelBacktest(ctx, id)).toMatchObject({
      status: 'running',
      cancel_requested: true,
    });
    await killedIn(id, 1);
    await sweep();
    expect(await getBacktest(ctx, id)).toMatchObject({ status: 'cancelled' });
    expect(await told(id)).toEqual({
      audit: ['backtest.cancelled'],
      outbox: ['backtest.finished cancelled'],
    });
    expect((await getBacktestQuota(ctx)).used).toBe(0);
  });
});

it('writes nothing for an attempt that another one took over from', async () => {
  await addInstrument(ctx, 'LONG');
  await uploadCsv(ctx, 'LONG', csvFile(100_000, 60_000), { timeframe: '1m' });
  const id = await queue({ strategy: slowDefinition(), symbol: 'LONG', timeframe: '1m' });
  const job = { ...ctx, actor: { kind: 'job', name: 'backtests.run' } as const };
  const working = runQueuedBacktest(job, uuid(id), new AbortController().signal);
  await expect
    .poll(async () => (await getBacktest(ctx, id)).status, { timeout: 20_000 })
    .toBe('running');
  await killedIn(id, 2, { leaseLeft: '1 hour' });
  await working;
  expect(await getBacktest(ctx, id)).toMatchObject({ status: 'running', progress: 0.4 });
  const { rowCount } = await admin.query('SELECT 1 FROM backtest_series WHERE backtest_id = $1', [
    uuid(id),
  ]);
  expect(rowCount).toBe(0);
});
