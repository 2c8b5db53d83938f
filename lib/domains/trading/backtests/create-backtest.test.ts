import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setEntitlements } from '@/lib/domains/entitlements';
import { createStrategy, strategyPresets, updateStrategy } from '@/lib/domains/trading/strategies';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  addInstrument,
  csvFile,
  type MemberCtx,
  memberOf,
  tradingTenant,
  uploadCsv,
} from '@/lib/testing/trading-world';
import {
  cancelBacktest,
  cancelOrRemoveBacktest,
  createBacktest,
  getBacktest,
  getBacktestQuota,
  listBacktests,
  listEquity,
  listTrades,
} from '.';
import { createBacktestInput, listBacktestsQuery, seriesQuery } from './schemas';

const database = useTestDatabase();
const definition = strategyPresets[0]?.definition as Record<string, unknown>;
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

const base = { symbol: 'SPX', timeframe: '1d', cash: 10_000 };
const queue = (input = {}, who = ctx) =>
  createBacktest(who, createBacktestInput.parse({ strategy: definition, ...base, ...input }));
const used = async () => (await getBacktestQuota(ctx)).used;
const jobs = async () =>
  (
    await admin.query<{ key: string }>(
      `SELECT key FROM graphile_worker.jobs WHERE task_identifier = 'backtests.run'`,
    )
  ).rows.length;

describe('queueing', () => {
  it('stores the whole order, counts it and queues its job at once', async () => {
    const before = await jobs();
    const run = await queue({ to: '2010-06-30', slippage: { fixed: 0.1 } });
    expect(run).toMatchObject({
      status: 'queued',
      progress: 0,
      name: 'SMA cross',
      strategy_id: null,
      symbol: 'SPX',
      from: null,
      to: '2010-06-30T23:59:59.999Z',
      cash: 10_000,
      commission: { rate: 0, fixed: 0 },
      slippage: { fixed: 0.1 },
      params: { fast: 10, slow: 30 },
      metrics: null,
      hash: null,
    });
    expect(run.id).toMatch(/^bkt_/);
    expect([await used(), (await jobs()) - before]).toEqual([1, 1]);
    const audit = await admin.query(
      'SELECT action, object_type FROM audit_event WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    expect(audit.rows).toEqual([{ action: 'backtest.created', object_type: 'backtest' }]);
  });

  it('takes a saved strategy as it is at that moment', async () => {
    const { id } = await createStrategy(ctx, { name: 'Mine', definition });
    const params = {
      fast: { default: 5, min: 2, max: 50 },
      slow: { default: 40, min: 10, max: 200 },
    };
    await updateStrategy(ctx, id, { definition: { ...definition, params } });
    const input = createBacktestInput.parse({ strategy_id: id, ...base, params: { fast: 7 } });
    expect(await createBacktest(ctx, input)).toMatchObject({
      name: 'Mine',
      strategy_id: id,
      strategy_version: 2,
      params: { fast: 7, slow: 40 },
    });
    await updateStrategy(ctx, id, { archived: true });
    await expect(createBacktest(ctx, input)).rejects.toMatchObject({ code: 'strategy_archived' });
  });

  it.each([
    [{ strategy: undefined }, ['strategy_id']],
    [{ strategy_id: 'stg_x' }, ['strategy_id']],
    [{ cash: 0 }, ['cash']],
    [{ cash: Number.POSITIVE_INFINITY }, ['cash']],
    [{ commission: { rate: 1 } }, ['commission', 'rate']],
    [{ commission: { rate: 0, per_share: 1 } }, ['commission']],
    [{ slippage: { rate: 0.1, fixed: 1 } }, ['slippage']],
    [{ timeframe: '2d' }, ['timeframe']],
    [{ from: 'yesterday' }, ['from']],
    [{ params: { fast: 'x' } }, ['params', 'fast']],
    [{ symbol: '../x' }, ['symbol']],
  ])('refuses fields like %o', (input, path) => {
    const parsed = createBacktestInput.safeParse({ strategy: definition, ...base, ...input });
    expect(parsed.error?.issues[0]?.path).toEqual(path);
  });

  it('refuses what can’t run, naming the field, and counts nothing', async () => {
    await addInstrument(ctx, 'FEW');
    await expect(queue({ symbol: 'FEW' })).rejects.toMatchObject({
      errors: [{ path: 'timeframe', code: 'no_bars' }],
    });
    await uploadCsv(ctx, 'FEW', csvFile(1));
    await expect(queue({ symbol: 'FEW' })).rejects.toMatchObject({ code: 'empty_range' });
    await expect(queue({ symbol: 'NONE' })).rejects.toMatchObject({
      kind: 'not_found',
      errors: [{ path: 'symbol', code: 'unknown_symbol' }],
    });
    await expect(queue({ timeframe: '1h' })).rejects.toMatchObject({
      detail: 'SPX has no 1h bars. It has 1d.',
    });
    await expect(queue({ from: '2021-01-01' })).rejects.toMatchObject({
      errors: [{ path: 'from', code: 'empty_range' }, { path: 'to' }],
      detail: 'There are no bars in this range. The data runs from 2000-01-03 to 2020-04-17.',
    });
    await expect(queue({ from: '2010-01-02', to: '2010-01-01' })).rejects.toMatchObject({
      errors: [{ path: 'from', code: 'range_upside_down' }],
    });
    await expect(queue({ params: { fast: 500 } })).rejects.toMatchObject({
      errors: [{ path: 'params.fast', code: 'out_of_range' }],
    });
    await expect(queue({ params: { fats: 5 } })).rejects.toMatchObject({
      errors: [{ path: 'params.fats', code: 'unknown_name' }],
    });
    await expect(queue({ strategy: { ...definition, entry: {} } })).rejects.toMatchObject({
      errors: [{ path: 'strategy.entry', code: 'no_entry' }],
    });
    expect(await used()).toBe(0);
  });
});

describe('the month’s quota', () => {
  it('refuses the eleventh, says when it starts again and which plan lifts it', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 14 }, () => queue()));
    const refused = tries.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(4);
    expect(refused[0]?.reason).toMatchObject({
      kind: 'payment_required',
      code: 'quota_exceeded',
      extra: {
        limit: 10,
        used: 10,
        resets_at: '2026-04-01T00:00:00.000Z',
        upgrade_to: 'professional',
      },
    });
    expect(await getBacktestQuota(ctx)).toEqual({
      used: 10,
      limit: 10,
      resetsAt: '2026-04-01T00:00:00.000Z',
      planName: 'Starter',
      upgrade: { planId: 'professional', name: 'Professional' },
    });
    const plan = { planId: 'professional', planVersion: 1, source: 'subscription' } as const;
    await withTenant(ctx, (tx) =>
      setEntitlements(tx, ctx, { ...plan, validUntil: null, apiCallsBeyond: 0 }),
    );
    await queue();
    expect(await getBacktestQuota(ctx)).toMatchObject({ used: 11, limit: 100 });
  });

  it('gets back what was cancelled before it started, once', async () => {
    const { id } = await queue();
    await queue();
    const cancelled = await cancelBacktest(ctx, id);
    expect(cancelled).toMatchObject({ status: 'cancelled', cancel_requested: true });
    expect(await cancelBacktest(ctx, id)).toEqual(cancelled);
    expect(await used()).toBe(1);
    expect(await cancelOrRemoveBacktest(ctx, id)).toBeNull();
    await expect(getBacktest(ctx, id)).rejects.toMatchObject({ kind: 'not_found' });
    expect(await used()).toBe(1);
  });

  it('of a month that is over stays as it was', async () => {
    const { id } = await queue();
    ctx.clock.advance(5 * 86_400_000);
    const row = await admin.query(
      `UPDATE backtest SET created_at = '2026-02-27' WHERE tenant_id = $1 RETURNING 1`,
      [ctx.tenantId],
    );
    expect(row.rowCount).toBe(1);
    await cancelBacktest(ctx, id);
    expect(await used()).toBe(1);
  });
});

describe('other people', () => {
  it('of a lower role read and don’t write', async () => {
    const { id } = await queue();
    const viewer = memberOf(ctx.tenantId, 'viewer');
    expect((await getBacktest(viewer, id)).id).toBe(id);
    await expect(queue({}, viewer)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(cancelBacktest(viewer, id)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(cancelOrRemoveBacktest(viewer, id)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('of other tenants find nothing', async () => {
    const { id } = await queue();
    const other = await tradingTenant();
    const gone = { kind: 'not_found' };
    await expect(getBacktest(other, id)).rejects.toMatchObject(gone);
    await expect(cancelOrRemoveBacktest(other, id)).rejects.toMatchObject(gone);
    await expect(listTrades(other, id, seriesQuery.parse({}))).rejects.toMatchObject(gone);
    await expect(listEquity(other, id, seriesQuery.parse({}))).rejects.toMatchObject(gone);
    const { id: strategy } = await createStrategy(ctx, { definition });
    const input = createBacktestInput.parse({ strategy_id: strategy, ...base });
    await expect(createBacktest(other, input)).rejects.toMatchObject(gone);
    await addInstrument(ctx, 'MINE');
    await expect(queue({ symbol: 'MINE' }, other)).rejects.toMatchObject(gone);
    const query = listBacktestsQuery.parse({ strategy_id: strategy });
    expect((await listBacktests(other, query)).data).toEqual([]);
  });
});

it('lists newest first, by status and strategy', async () => {
  const { id: strategyId } = await createStrategy(ctx, { definition });
  const first = await queue();
  await queue({ strategy: undefined, strategy_id: strategyId });
  await cancelBacktest(ctx, first.id);
  const list = (query = {}) => listBacktests(ctx, listBacktestsQuery.parse(query));
  expect((await list()).data.map(({ status }) => status)).toEqual(['queued', 'cancelled']);
  expect((await list({ status: 'cancelled' })).data).toMatchObject([{ id: first.id }]);
  expect((await list({ strategy_id: strategyId })).data).toHaveLength(1);
  const page = await list({ limit: 1 });
  expect((await list({ limit: 1, cursor: page.next_cursor })).data).toMatchObject([
    { id: first.id },
  ]);
  await expect(list({ cursor: 'x' })).rejects.toMatchObject({ code: 'invalid_cursor' });
});
