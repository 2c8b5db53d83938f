import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  countUsage,
  createMeter,
  getCurrentUsage,
  getUsage,
  listMeters,
  monthlyUsed,
  recordEvent,
  recordEvents,
  usageQuery,
} from '.';
import { forgetIngestState } from './ingest-state';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
const DAY = 86_400_000;

beforeAll(world.open);
afterAll(async () => {
  await closeDatabase();
  await world.close();
});

let ctx: Ctx;
beforeEach(async () => {
  ctx = (await world.owner()).ctx;
});

const event = (id: string, more: object = {}) => ({ id, meter: 'custom_events', ...more });
const ago = (ms: number) => new Date(ctx.clock.now().getTime() - ms).toISOString();
const used = async (meter: string) =>
  (await getCurrentUsage(ctx)).find((row) => row.meter === meter)?.used;
const series = (query: object) => getUsage(ctx, usageQuery.parse(query));

describe('an event', () => {
  it('counts once for its source and id, however often it comes', async () => {
    expect(await recordEvent(ctx, event('a', { value: 3 }))).toEqual({ status: 'accepted' });
    expect(await recordEvent(ctx, event('a', { value: 9 }))).toEqual({ status: 'duplicate' });
    expect(await recordEvent(ctx, event('a', { source: 'other' }))).toEqual({ status: 'accepted' });
    expect(await used('custom_events')).toBe(4);
  });

  it('counts once of a hundred at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => recordEvent(ctx, event('same'))),
    );
    expect(answers.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    expect(await used('custom_events')).toBe(1);
  });

  it('is refused by the name of its fault', async () => {
    const refusal = async (one: object) =>
      recordEvent(ctx, one).then(
        () => 'accepted',
        (error: { code: string; errors: { path: string }[] }) => [
          error.code,
          error.errors[0]?.path,
        ],
      );
    expect(await refusal(event('1', { meter: 'api_calls' }))).toEqual(['meter_read_only', 'meter']);
    expect(await refusal(event('1', { meter: 'nobody' }))).toEqual(['unknown_meter', 'meter']);
    expect(await refusal(event('1', { timestamp: ago(35 * DAY + 1) }))).toEqual([
      'too_late',
      'timestamp',
    ]);
    expect(await refusal(event('1', { timestamp: ago(-300_001) }))).toEqual([
      'too_early',
      'timestamp',
    ]);
    expect(await refusal(event('1', { colour: 'red' }))).toEqual(['unknown_field', 'colour']);
    expect(await refusal({ meter: 'custom_events' })).toEqual(['required', 'id']);
    expect((await refusal(event('a\u0000b')))[1]).toBe('id');
    expect((await refusal(event('half \ud800')))[1]).toBe('id');
    expect(await used('custom_events')).toBe(0);
  });

  it('is taken at the very edges of time, into the month it belongs to', async () => {
    await recordEvent(ctx, event('late', { timestamp: ago(35 * DAY) }));
    await recordEvent(ctx, event('early', { timestamp: ago(-300_000) }));
    expect(await used('custom_events')).toBe(1);
    const months = await series({
      meter: 'custom_events',
      granularity: 'month',
      from: '2026-01-01',
    });
    expect(months.map(({ value }) => value)).toEqual([0, 1, 1]);
  });

  it('needs the permission, and a trial or subscription', async () => {
    const viewer = await world.member(ctx.tenantId, 'viewer');
    await expect(recordEvent(viewer.ctx, event('1'))).rejects.toMatchObject({ code: 'forbidden' });
    await world.admin.query(
      `UPDATE entitlement SET valid_until = '2026-01-01' WHERE tenant_id = $1`,
      [ctx.tenantId],
    );
    forgetIngestState(ctx.tenantId);
    await expect(recordEvent(ctx, event('1'))).rejects.toMatchObject({
      code: 'subscription_required',
    });
  });

  it('of another tenant may have the same id', async () => {
    const other = (await world.owner()).ctx;
    await recordEvent(ctx, event('same'));
    expect(await recordEvent(other, event('same'))).toEqual({ status: 'accepted' });
  });
});

describe('a batch', () => {
  it('keeps the good events and reports each bad one by its place', async () => {
    const answer = await recordEvents(ctx, [
      event('1'),
      event('1'),
      event('2', { meter: 'nobody' }),
      event('3', { value: 'three' }),
      event('4', { value: 5 }),
      null,
    ]);
    expect(answer).toMatchObject({ accepted: 2, duplicates: 1 });
    expect(answer.rejected.map(({ index, code }) => [index, code])).toEqual([
      [2, 'unknown_meter'],
      [3, 'invalid_type'],
      [5, 'invalid_type'],
    ]);
    expect(await used('custom_events')).toBe(6);
  });

  it('shares events with others at the same time, each counted once', async () => {
    const batch = (from: number) => Array.from({ length: 200 }, (_, i) => event(String(from + i)));
    const answers = await Promise.all(
      [0, 100, 200, 50, 150].map((from) => recordEvents(ctx, batch(from))),
    );
    const accepted = answers.reduce((sum, answer) => sum + answer.accepted, 0);
    expect(accepted).toBe(400);
    expect(await used('custom_events')).toBe(400);
  });
});

describe('meters', () => {
  const make = (key: string, aggregation: 'count' | 'max' | 'last' | 'unique') =>
    createMeter(ctx, { key, aggregation, unit: 'thing' });

  it('add up in their own ways', async () => {
    await Promise.all([
      make('tops', 'max'),
      make('levels', 'last'),
      make('people', 'unique'),
      make('times', 'count'),
    ]);
    const at = (hours: number) => ({ timestamp: ago(hours * 3_600_000) });
    await recordEvents(ctx, [
      { id: '1', meter: 'tops', value: 7, ...at(1) },
      { id: '2', meter: 'tops', value: 4, ...at(2) },
      { id: '3', meter: 'levels', value: 1, ...at(3) },
      { id: '4', meter: 'levels', value: 2, ...at(1) },
      { id: '5', meter: 'people', dimensions: { subject: 'ann' } },
      { id: '6', meter: 'people', dimensions: { subject: 'bob' } },
      { id: '7', meter: 'times', value: 40 },
    ]);
    // A late one replaces no later one, and a known subject is nobody new.
    await recordEvents(ctx, [
      { id: '8', meter: 'levels', value: 9, ...at(2) },
      { id: '9', meter: 'people', dimensions: { subject: 'ann' } },
    ]);
    expect(await used('tops')).toBe(7);
    expect(await used('levels')).toBe(2);
    expect(await used('people')).toBe(2);
    expect(await used('times')).toBe(1);
    const hours = await series({
      meter: 'levels',
      granularity: 'hour',
      from: '2026-03-10T08:00:00Z',
    });
    expect(hours.map(({ value }) => value)).toEqual([null, 1, 9, 2, null]);
    const days = await series({ meter: 'people', from: '2026-03-10' });
    expect(days).toEqual([{ start: '2026-03-10T00:00:00.000Z', value: 2 }]);
  });

  it('have names of their own, and an audit row', async () => {
    await make('mine', 'count');
    await expect(make('mine', 'max')).rejects.toMatchObject({ code: 'meter_exists' });
    await expect(make('api_calls', 'count')).rejects.toMatchObject({ code: 'meter_read_only' });
    expect(await world.audit(ctx.tenantId)).toContain('meter.created');
    const keys = (await listMeters(ctx)).map(({ key, read_only }) => [key, read_only]);
    expect(keys).toContainEqual(['mine', false]);
    expect(keys).toContainEqual(['api_calls', true]);
    const other = (await world.owner()).ctx;
    expect((await listMeters(other)).map(({ key }) => key)).not.toContain('mine');
  });
});

describe('usage over time', () => {
  it('has no gaps, and can be grouped by a dimension', async () => {
    await recordEvents(ctx, [
      event('1', { timestamp: ago(2 * DAY), value: 2, dimensions: { region: 'eu' } }),
      event('2', { timestamp: ago(0), value: 3, dimensions: { region: 'us' } }),
    ]);
    const days = await series({ meter: 'custom_events', from: '2026-03-07' });
    expect(days.map(({ value }) => value)).toEqual([0, 2, 0, 3]);
    const groups = await series({ meter: 'custom_events', from: '2026-03-08', group_by: 'region' });
    expect(groups.filter(({ value }) => value).map(({ group, value }) => [group, value])).toEqual([
      ['eu', 2],
      ['us', 3],
    ]);
    expect(groups).toHaveLength(6);
  });

  it('refuses ranges upside down or without end, and unknown meters', async () => {
    await expect(series({ from: '2026-03-02', to: '2026-03-01' })).rejects.toMatchObject({
      code: 'range_upside_down',
    });
    await expect(series({ from: '2000-01-01', granularity: 'hour' })).rejects.toMatchObject({
      code: 'range_too_long',
    });
    await expect(series({ meter: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what the platform counts', () => {
  it('is undone with the transaction of what it counts', async () => {
    await withTenant(ctx, (tx) => countUsage(tx, ctx, 'backtests', 2));
    const failing = withTenant(ctx, async (tx) => {
      await countUsage(tx, ctx, 'backtests');
      throw new Error('the run was refused');
    });
    await expect(failing).rejects.toThrow('the run was refused');
    expect(await withTenant(ctx, (tx) => monthlyUsed(tx, ctx, 'backtests'))).toBe(2);
    const row = (await getCurrentUsage(ctx)).find(({ meter }) => meter === 'backtests');
    expect(row).toMatchObject({ used: 2, limit: 10, remaining: 8 });
    expect(row?.resets_at).toBe('2026-04-01T00:00:00.000Z');
  });
});
