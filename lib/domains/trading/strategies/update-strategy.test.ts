import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { useTestDatabase } from '@/lib/testing/test-database';
import { type MemberCtx, memberOf, tradingTenant } from '@/lib/testing/trading-world';
import {
  createStrategy,
  getStrategy,
  listStrategies,
  listVersions,
  strategyPresets,
  updateStrategy,
} from '.';
import { createStrategyInput, listStrategiesQuery } from './schemas';

const database = useTestDatabase();
const preset = strategyPresets[0]?.definition as Record<string, unknown>;
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

const create = (name = 'Cross', who = ctx) =>
  createStrategy(who, createStrategyInput.parse({ name, definition: preset }));
const list = (query = {}) => listStrategies(ctx, listStrategiesQuery.parse(query));
const rows = async (table: 'audit_event' | 'outbox', column: string) =>
  (
    await admin.query(`SELECT ${column} AS it FROM ${table} WHERE tenant_id = $1 ORDER BY id`, [
      ctx.tenantId,
    ])
  ).rows.map(({ it }) => it);

describe('a strategy', () => {
  it('starts as version 1 with every default filled in', async () => {
    const made = await create();
    expect(made).toMatchObject({ name: 'Cross', version: 1, archived_at: null });
    expect(made.id).toMatch(/^stg_/);
    expect(made.definition).toMatchObject({ exit: { on_opposite_entry: true, after_bars: null } });
    expect(await getStrategy(ctx, made.id)).toEqual(made);
    expect(await rows('audit_event', 'action')).toEqual(['strategy.created']);
    expect(await rows('outbox', 'topic')).toContain('strategy.changed');
  });

  it('takes its name from the definition, or gives it one', async () => {
    const { name: _name, ...nameless } = preset;
    expect(await createStrategy(ctx, { definition: preset })).toMatchObject({ name: 'SMA cross' });
    const named = await createStrategy(ctx, { name: 'Mine', definition: nameless });
    expect(named.definition).toMatchObject({ name: 'Mine' });
  });

  it('keeps every version, and makes none for the same definition', async () => {
    const { id } = await create();
    const changed = { ...preset, size: { fraction_of_equity: 0.5, whole_units: false } };
    const second = await updateStrategy(ctx, id, { definition: changed });
    expect(second).toMatchObject({ version: 2, definition: { size: { fraction_of_equity: 0.5 } } });
    expect(await updateStrategy(ctx, id, { definition: changed })).toEqual(second);
    expect(await updateStrategy(ctx, id, { name: 'New name' })).toMatchObject({
      version: 2,
      name: 'New name',
    });
    const versions = await listVersions(ctx, id, { limit: 1 });
    expect(versions).toMatchObject({ data: [{ version: 2 }], next_cursor: '2' });
    const older = await listVersions(ctx, id, { limit: 5, cursor: 2 });
    expect(older).toMatchObject({
      data: [{ version: 1, definition: { size: { fraction_of_equity: 1 } } }],
      next_cursor: null,
    });
  });

  it('saved by two at once loses neither', async () => {
    const { id } = await create();
    const sizes = [0.2, 0.3, 0.4];
    const saves = sizes.map((fraction_of_equity) =>
      updateStrategy(ctx, id, { definition: { ...preset, size: { fraction_of_equity } } }),
    );
    const versions = (await Promise.all(saves)).map(({ version }) => version);
    expect(new Set(versions)).toEqual(new Set([2, 3, 4]));
    await expect(
      updateStrategy(ctx, id, { name: 'Late', expected_version: 1 }),
    ).rejects.toMatchObject({ kind: 'conflict', code: 'version_conflict', extra: { version: 4 } });
  });

  it('goes to the archive and comes back', async () => {
    const { id } = await create();
    expect((await updateStrategy(ctx, id, { archived: true })).archived_at).not.toBeNull();
    expect((await updateStrategy(ctx, id, { archived: true })).archived_at).not.toBeNull();
    expect((await list()).data).toEqual([]);
    expect((await list({ archived: 'true' })).data).toHaveLength(1);
    await expect(updateStrategy(ctx, id, { name: 'x' })).rejects.toMatchObject({
      code: 'strategy_archived',
    });
    expect(await updateStrategy(ctx, id, { archived: false })).toMatchObject({ archived_at: null });
    expect(await rows('audit_event', 'action')).toEqual([
      'strategy.created',
      'strategy.archived',
      'strategy.restored',
    ]);
  });
});

describe('refusals', () => {
  it.each([
    [
      'divides by zero',
      { long: { '>': [{ '/': ['close', 0] }, 1] } },
      'definition.entry.long',
      'division_by_zero',
    ],
    [
      'looks ahead',
      { long: { '>': [{ shift: ['close', -1] }, 1] } },
      'definition.entry.long',
      'look_ahead',
    ],
    [
      'names nothing known',
      { long: { '>': [{ smaa: ['close', 3] }, 1] } },
      'definition.entry.long',
      'unknown_indicator',
    ],
  ])('a strategy that %s', async (_what, entry, path, code) => {
    const attempt = createStrategy(ctx, { definition: { ...preset, entry } });
    const error = await attempt.then(
      () => null,
      (caught) => caught,
    );
    expect(error).toMatchObject({ kind: 'invalid', code: 'invalid_strategy' });
    expect(error.errors[0]).toMatchObject({ path: expect.stringMatching(path), code });
    expect((await list()).data).toEqual([]);
  });

  it('ranges upside down', async () => {
    const params = {
      fast: { default: 10, min: 50, max: 2 },
      slow: { default: 30, min: 10, max: 200 },
    };
    await expect(createStrategy(ctx, { definition: { ...preset, params } })).rejects.toMatchObject({
      errors: [{ path: 'definition.params.fast', code: 'range_upside_down' }],
    });
  });

  it('the sixth of Starter’s five, naming the plan that has more, until one is archived', async () => {
    const made = [];
    for (let index = 0; index < 5; index++) made.push(await create(`Number ${index}`));
    const refusal = {
      kind: 'payment_required',
      code: 'quota_exceeded',
      extra: { limit: 5, used: 5, upgrade_to: 'professional' },
    };
    await expect(create('Sixth')).rejects.toMatchObject(refusal);
    await updateStrategy(ctx, made[0]?.id ?? '', { archived: true });
    await create('Sixth');
    await expect(updateStrategy(ctx, made[0]?.id ?? '', { archived: false })).rejects.toMatchObject(
      refusal,
    );
  });

  it('all but five of many at once', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => create()));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });

  it('the wrong role and the wrong tenant', async () => {
    const { id } = await create();
    const viewer = memberOf(ctx.tenantId, 'viewer');
    await expect(create('x', viewer)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(updateStrategy(viewer, id, { name: 'x' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const other = await tradingTenant();
    await expect(getStrategy(other, id)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(updateStrategy(other, id, { name: 'x' })).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(listVersions(other, id, { limit: 5 })).rejects.toMatchObject({
      kind: 'not_found',
    });
    expect((await listStrategies(other, listStrategiesQuery.parse({}))).data).toEqual([]);
    await expect(getStrategy(ctx, 'stg_nonsense')).rejects.toMatchObject({ kind: 'not_found' });
  });
});

it('lists newest first, page by page, and finds by name', async () => {
  for (const name of ['One', 'Two', 'Three']) await create(name);
  const first = await list({ limit: 2 });
  expect(first.data.map(({ name }) => name)).toEqual(['Three', 'Two']);
  const second = await list({ limit: 2, cursor: first.next_cursor });
  expect(second).toMatchObject({ data: [{ name: 'One' }], next_cursor: null });
  expect((await list({ search: 'tw' })).data).toMatchObject([{ name: 'Two' }]);
  await expect(list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_cursor' });
});
