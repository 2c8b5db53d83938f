import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase, inSteps, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { beginIdempotent, completeIdempotent, releaseIdempotent } from './idempotency';

const database = useTestDatabase();
const now = new Date('2026-03-14T09:26:53Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
let scope = '';
const admin = new pg.Pool({ connectionString: database.adminUrl, max: 1 });

afterAll(async () => {
  await closeDatabase();
  await admin.end();
});
beforeEach(() => {
  scope = newId();
});

const request = (more: Partial<Parameters<typeof beginIdempotent>[0]> = {}) => ({
  tenantId: null,
  scope,
  requestHash: 'a',
  now,
  ...more,
});
const answer = {
  status: 201,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode('{"secret":"only once"}'),
};

async function fresh(more: Partial<Parameters<typeof beginIdempotent>[0]> = {}) {
  const begun = await beginIdempotent(request(more));
  if (begun.state !== 'fresh') throw new Error(`not fresh but ${begun.state}`);
  return begun.record;
}

it('lets one of a hundred identical requests at once do the work', async () => {
  const begun = await Promise.all(Array.from({ length: 100 }, () => beginIdempotent(request())));
  expect(begun.filter(({ state }) => state === 'fresh')).toHaveLength(1);
  expect(begun.filter(({ state }) => state === 'in_flight')).toHaveLength(99);
  for (const one of begun) if (one.state === 'fresh') await releaseIdempotent(one.record);
});

it('gives the same answer again, and stores it unreadably', async () => {
  await completeIdempotent(await fresh(), answer);
  const again = await beginIdempotent(request({ now: later(23.9) }));
  expect(again).toMatchObject({ state: 'replay', status: 201, headers: answer.headers });
  expect(again.state === 'replay' && Buffer.from(again.body).toString()).toBe(
    '{"secret":"only once"}',
  );
  const stored = await admin.query(`SELECT encode(body, 'escape') AS body FROM idempotency_record`);
  expect(JSON.stringify(stored.rows)).not.toContain('only once');
});

it('refuses another request under the same key', async () => {
  await completeIdempotent(await fresh(), answer);
  expect(await beginIdempotent(request({ requestHash: 'b' }))).toEqual({ state: 'mismatch' });
});

it('forgets after 24 hours', async () => {
  await completeIdempotent(await fresh(), answer);
  const begun = await beginIdempotent(request({ now: later(24), requestHash: 'b' }));
  expect(begun.state).toBe('fresh');
  if (begun.state === 'fresh') await releaseIdempotent(begun.record);
});

it('starts anew after the work was given up', async () => {
  await releaseIdempotent(await fresh());
  const begun = await beginIdempotent(request());
  expect(begun.state).toBe('fresh');
  if (begun.state === 'fresh') await releaseIdempotent(begun.record);
});

it('takes over from a process that died, whose late answer is not kept', async () => {
  const dead = await fresh();
  expect((await beginIdempotent(request())).state).toBe('in_flight');
  const heir = await fresh({ now: later(1) });
  await completeIdempotent(dead, { ...answer, status: 500 });
  await completeIdempotent(heir, answer);
  expect(await beginIdempotent(request({ now: later(1) }))).toMatchObject({ status: 201 });
});

it('keeps the keys of tenants apart', async () => {
  const one = newId();
  const other = newId();
  await completeIdempotent(await fresh({ tenantId: one }), answer);
  const begun = await beginIdempotent(request({ tenantId: other }));
  expect(begun.state).toBe('fresh');
  if (begun.state === 'fresh') await releaseIdempotent(begun.record);
});

describe('a run that was cut short', () => {
  const world = new PeopleWorld(database.adminUrl);
  let ctx: Ctx;

  beforeAll(async () => {
    await world.open();
    ctx = (await world.owner()).ctx;
  });
  afterAll(() => world.close());

  const count = () => withTenant(ctx, (tx) => tx.meter.count());
  const write = (key: string) =>
    withTenant(ctx, async (tx) => {
      const secret = newId();
      const data = { id: newId(), tenantId: ctx.tenantId, key, aggregation: 'sum', unit: secret };
      const { createdAt, unit } = await tx.meter.create({ data: { ...data, createdAt: now } });
      return { createdAt, unit, size: 12n };
    });
  /** Looks, writes what depends on it, and looks again. */
  const work = async () => {
    const before = await count();
    const made = await write(`m${before}`);
    return { before, made, after: await count() };
  };

  it('is gone on with by the next, which gets what was committed and does nothing twice', async () => {
    const before = await count();
    const first = await inSteps((await fresh()).steps, work);
    const again = await fresh({ now: later(1) });
    expect(await inSteps(again.steps, work)).toEqual(first);
    expect(await count()).toBe(before + 1);
    await completeIdempotent(again, answer);
    const { rows } = await admin.query('SELECT steps FROM idempotency_record WHERE steps <> $1', [
      [],
    ]);
    expect(rows).toEqual([]);
  });

  it('keeps what it remembers unreadable', async () => {
    const record = await fresh();
    const { made } = await inSteps(record.steps, work);
    const { rows } = await admin.query<{ step: string }>(
      `SELECT encode(unnest(steps), 'escape') AS step FROM idempotency_record`,
    );
    expect(rows.length).toBe(1);
    expect(rows[0]?.step).not.toContain(made.unit);
    await releaseIdempotent(record);
  });

  it('can commit nothing once another has taken over', async () => {
    const before = await count();
    const slow = await fresh();
    const heir = await fresh({ now: later(1) });
    await expect(inSteps(slow.steps, () => write('slow'))).rejects.toMatchObject({
      code: 'idempotency_in_flight',
    });
    expect(await count()).toBe(before);
    await inSteps(heir.steps, () => write('heir'));
    await releaseIdempotent(slow);
    expect(await count()).toBe(before + 1);
    await releaseIdempotent(heir);
  });

  it('that gave up goes on after a change, and starts anew after mere looks', async () => {
    const looked = await fresh();
    const seen = await inSteps(looked.steps, count);
    await releaseIdempotent(looked);
    await write('between');
    const anew = await fresh();
    expect(await inSteps(anew.steps, count)).toBe(seen + 1);
    const { made } = await inSteps(anew.steps, work);
    await releaseIdempotent(anew);
    const next = await fresh();
    expect(await inSteps(next.steps, count)).toBe(seen + 1);
    expect((await inSteps(next.steps, work)).made).toEqual(made);
    await releaseIdempotent(next);
  });

  it('remembers nothing of a transaction that failed', async () => {
    const before = await count();
    const record = await fresh();
    const failing = () =>
      withTenant(ctx, async (tx) => {
        const id = newId();
        const data = { id, tenantId: ctx.tenantId, key: 'never', aggregation: 'sum', unit: '' };
        await tx.meter.create({ data: { ...data, createdAt: now } });
        throw new Error('no');
      });
    await expect(inSteps(record.steps, failing)).rejects.toThrow('no');
    await releaseIdempotent(record);
    expect(await count()).toBe(before);
    const next = await fresh();
    expect((await inSteps(next.steps, work)).before).toBe(before);
    await releaseIdempotent(next);
  });

  it('is not gone on with by code that does something else', async () => {
    const record = await fresh();
    await inSteps(record.steps, work);
    await releaseIdempotent(record);
    const next = await fresh();
    await expect(inSteps(next.steps, () => write('else'))).rejects.toMatchObject({
      code: 'idempotency_outcome_unknown',
    });
    await releaseIdempotent(next);
  });
});
