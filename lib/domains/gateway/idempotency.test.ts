import pg from 'pg';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { newId } from '@/lib/kernel/ids';
import { useTestDatabase } from '@/lib/testing/test-database';
import { abandonIdempotent, beginIdempotent, completeIdempotent } from './idempotency';

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
  for (const one of begun) if (one.state === 'fresh') await abandonIdempotent(one.record);
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
  if (begun.state === 'fresh') await abandonIdempotent(begun.record);
});

it('starts anew after the work was given up', async () => {
  await abandonIdempotent(await fresh());
  const begun = await beginIdempotent(request());
  expect(begun.state).toBe('fresh');
  if (begun.state === 'fresh') await abandonIdempotent(begun.record);
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
  if (begun.state === 'fresh') await abandonIdempotent(begun.record);
});
