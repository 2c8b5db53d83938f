import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { strategyPresets } from '@/lib/domains/trading/strategies';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import { parsePublicId } from '@/lib/kernel/ids';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  addInstrument,
  csvFile,
  csvOf,
  type MemberCtx,
  slowDefinition,
  tradingTenant,
  uploadCsv,
} from '@/lib/testing/trading-world';
import { deleteInstrument } from '../market-data';
import {
  cancelOrRemoveBacktest,
  createBacktest,
  exportEquity,
  exportTrades,
  getBacktest,
  getBacktestDetail,
  getBacktestQuota,
  listEquity,
  listTrades,
  readEquityChart,
} from '.';
import { runQueuedBacktest } from './run-queued-backtest';
import { createBacktestInput, seriesQuery } from './schemas';

const database = useTestDatabase();
const definition = strategyPresets[0]?.definition as Record<string, unknown>;
const MINUTE = 60_000;
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

const queue = (input = {}) =>
  createBacktest(
    ctx,
    createBacktestInput.parse({
      strategy: definition,
      symbol: 'SPX',
      timeframe: '1d',
      cash: 100_000,
      ...input,
    }),
  );

/** What the worker does with the job. */
async function work(id: string, closing = new AbortController().signal) {
  const job = { ...ctx, actor: { kind: 'job', name: 'backtests.run' } as const };
  await runQueuedBacktest(job, parsePublicId('backtest', id) ?? '', closing);
}

async function finish(input = {}) {
  const { id } = await queue(input);
  await work(id);
  return getBacktest(ctx, id);
}

const attemptsOf = async (id: string) =>
  (
    await admin.query('SELECT attempts FROM backtest WHERE id = $1', [
      parsePublicId('backtest', id),
    ])
  ).rows[0].attempts;

/** What a meter's month has, and of how many acts by its hours. */
const counted = async (meter: string) =>
  (
    await admin.query<{ used: number; count: number }>(
      `SELECT p.used, sum(r.count)::int AS count FROM usage_period p JOIN usage_rollup r USING (tenant_id, meter)
       WHERE tenant_id = $1 AND meter = $2 GROUP BY 1`,
      [ctx.tenantId, meter],
    )
  ).rows;

const topics = async () =>
  (
    await admin.query(
      `SELECT topic, payload->>'status' AS status FROM outbox WHERE tenant_id = $1 AND topic LIKE 'backtest.%' ORDER BY id`,
      [ctx.tenantId],
    )
  ).rows.map(({ topic, status }) => `${topic} ${status}`);

describe('a run on the S&P 500', () => {
  it('ends with metrics, equity and trades that agree with each other', async () => {
    const run = await finish({ commission: { rate: 0.001 }, finalize_trades: true });
    expect(run).toMatchObject({ status: 'succeeded', progress: 1, error: null, bars: 5_105 });
    const equity = await listEquity(ctx, run.id, seriesQuery.parse({ limit: 10_000 }));
    expect(equity).toMatchObject({ data: { length: 5_105 }, next_cursor: null });
    expect(equity.data[0]).toEqual({
      time: '2000-01-03T00:00:00.000Z',
      equity: 100_000,
      drawdown_pct: 0,
    });
    expect(equity.data.at(-1)?.equity).toBe(run.metrics?.equity_final);
    expect(Math.min(...equity.data.map((point) => point.drawdown_pct))).toBe(
      run.metrics?.max_drawdown_pct,
    );
    const { data: trades } = await listTrades(ctx, run.id, seriesQuery.parse({ limit: 10_000 }));
    expect(trades).toHaveLength(run.metrics?.trades ?? -1);
    const profit = trades.reduce((sum, trade) => sum + trade.pnl, 0);
    expect(100_000 + profit).toBeCloseTo(run.metrics?.equity_final ?? 0, 4);
    const prices = new Map(equity.data.map((point, index) => [point.time, index]));
    expect(trades.every((trade) => prices.has(trade.entry_time))).toBe(true);
    const chart = await readEquityChart(ctx, run.id);
    expect(chart.length).toBeLessThanOrEqual(4_000);
    expect(Math.max(...chart.map((point) => point.equity))).toBe(run.metrics?.equity_peak);
    expect(chart.at(-1)).toEqual(equity.data.at(-1));
    expect([...new Set(await topics())]).toEqual([
      'backtest.progress queued',
      'backtest.progress running',
      'backtest.finished succeeded',
    ]);
  });

  it('comes out the same every time, and otherwise with another strategy', async () => {
    const first = await finish();
    const second = await finish({ strategy: { ...definition, name: 'Another name' } });
    const third = await finish({ params: { fast: 11 } });
    expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(second.hash).toBe(first.hash);
    expect(second.metrics).toEqual(first.metrics);
    expect(third.hash).not.toBe(first.hash);
    expect(third.params).toEqual({ fast: 11, slow: 30 });
  });

  it('keeps to its window', async () => {
    const run = await finish({ from: '2010-01-01', to: '2010-12-31' });
    expect(await getBacktestDetail(ctx, run.id)).toMatchObject({
      bars: 252,
      first_bar: '2010-01-04T00:00:00.000Z',
      last_bar: '2010-12-31T00:00:00.000Z',
      currency: 'USD',
    });
  });

  it('can be read in pages and taken away as CSV', async () => {
    const { id } = await finish();
    const first = await listEquity(ctx, id, seriesQuery.parse({ limit: 5_000 }));
    const rest = await listEquity(
      ctx,
      id,
      seriesQuery.parse({ limit: 5_000, cursor: first.next_cursor }),
    );
    expect([first.data.length, rest.data.length, rest.next_cursor]).toEqual([5_000, 105, null]);
    const csv = (await csvOf(await exportEquity(ctx, id))).trimEnd().split('\r\n');
    expect(csv).toHaveLength(5_106);
    expect(csv[1]).toBe('2000-01-03T00:00:00.000Z,100000,0');
    const trades = (await csvOf(await exportTrades(ctx, id))).split('\r\n');
    expect(trades[0]).toBe(
      'side,size,entry_time,entry_price,exit_time,exit_price,commission,pnl,return_pct,reason',
    );
    await expect(listEquity(ctx, id, seriesQuery.parse({ cursor: 'x' }))).rejects.toMatchObject({
      code: 'invalid_cursor',
    });
  });
});

describe('a run that takes longer', () => {
  beforeEach(async () => {
    await addInstrument(ctx, 'LONG');
    await uploadCsv(ctx, 'LONG', csvFile(150_000, MINUTE), { timeframe: '1m' });
  });

  const slow = slowDefinition();

  it('stops when it is cancelled on the way, and counts', async () => {
    const { id } = await queue({ strategy: slow, symbol: 'LONG', timeframe: '1m' });
    const running = work(id);
    await expect
      .poll(async () => (await getBacktest(ctx, id)).status, { timeout: 20_000 })
      .toBe('running');
    expect(await cancelOrRemoveBacktest(ctx, id)).toMatchObject({ cancel_requested: true });
    await running;
    expect(await getBacktest(ctx, id)).toMatchObject({ status: 'cancelled', metrics: null });
    expect((await getBacktestQuota(ctx)).used).toBe(1);
    expect(await counted('compute_seconds')).toEqual([{ used: expect.any(Number), count: 1 }]);
    await expect(listTrades(ctx, id, seriesQuery.parse({}))).rejects.toMatchObject({
      code: 'no_result',
    });
  });

  it('is tried again after its worker went away, and comes out the same', async () => {
    const input = { symbol: 'LONG', timeframe: '1m' };
    const undisturbed = await finish(input);
    const { id } = await queue(input);
    const closing = new AbortController();
    const broken = work(id, closing.signal);
    const outcome = broken.then(
      () => 'ended',
      (error: Error) => error.message,
    );
    await expect
      .poll(async () => (await getBacktest(ctx, id)).status, { timeout: 20_000, interval: 5 })
      .toBe('running');
    closing.abort();
    expect(await outcome).toBe('The worker is closing down.');
    expect(await getBacktest(ctx, id)).toMatchObject({ status: 'queued', hash: null });
    // A worker that closes down is no fault of the run.
    expect(await attemptsOf(id)).toBe(0);
    await work(id);
    expect(await getBacktest(ctx, id)).toMatchObject({
      status: 'succeeded',
      hash: undisturbed.hash,
    });
    expect((await getBacktestQuota(ctx)).used).toBe(2);
  });
});

describe('a run that can’t be done', () => {
  it('says so when its bars are gone', async () => {
    await addInstrument(ctx, 'GONE');
    await uploadCsv(ctx, 'GONE', csvFile(50));
    const { id } = await queue({ symbol: 'GONE' });
    await deleteInstrument(ctx, 'GONE');
    await work(id);
    expect(await getBacktest(ctx, id)).toMatchObject({
      status: 'failed',
      error: { code: 'no_bars', message: 'GONE no longer has 1d bars in this range.' },
    });
  });

  it('is given up after the last try, and given back', async () => {
    const { id } = await queue();
    await admin.query(
      `UPDATE backtest SET spec = jsonb_set(spec, '{definition,indicators}', '{"f": {"nothing": []}}') WHERE tenant_id = $1`,
      [ctx.tenantId],
    );
    for (let attempt = 1; attempt < 5; attempt++) {
      await expect(work(id)).rejects.toThrow('no operator or indicator named');
      expect(await getBacktest(ctx, id)).toMatchObject({ status: 'queued', error: null });
      expect(await attemptsOf(id)).toBe(attempt);
    }
    await work(id);
    expect(await getBacktest(ctx, id)).toMatchObject({
      status: 'failed',
      error: { code: 'internal_error' },
    });
    expect((await getBacktestQuota(ctx)).used).toBe(0);
    expect(await counted('compute_seconds')).toEqual([]);
  });

  it('is left alone when it is over, or gone', async () => {
    const run = await finish();
    await work(run.id);
    expect(await getBacktest(ctx, run.id)).toEqual(run);
    await cancelOrRemoveBacktest(ctx, run.id);
    await work(run.id);
    const left = await withTenant(ctx, (tx) =>
      tx.backtestSeries.count({ where: { tenantId: ctx.tenantId } }),
    );
    expect(left).toBe(0);
  });
});
