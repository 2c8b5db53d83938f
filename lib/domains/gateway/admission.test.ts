import pg from 'pg';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/infra/db';
import { newId } from '@/lib/kernel/ids';
import { useTestDatabase } from '@/lib/testing/test-database';
import { admitAnonymous, admitCall, drainAdmissions, refundCall } from './admission';

const database = useTestDatabase();
const admin = new pg.Pool({ connectionString: database.adminUrl, max: 1 });
const at = new Date('2026-03-14T09:26:53Z');

afterAll(async () => {
  await drainAdmissions();
  await closeDatabase();
  await admin.end();
});

let tenantId = '';
beforeEach(() => {
  tenantId = newId();
});

async function entitle(limits: {
  calls: number | null;
  rate: number | null;
  burst: number | null;
}) {
  await admin.query(
    `INSERT INTO entitlement (tenant_id, plan_id, plan_version, source, limits, features, api_calls_limit, rate, burst, updated_at)
     VALUES ($1, 'starter', 1, 'trial', '{}', '[]', $2, $3, $4, now())
     ON CONFLICT (tenant_id) DO UPDATE SET api_calls_limit = $2, rate = $3, burst = $4`,
    [tenantId, limits.calls, limits.rate, limits.burst],
  );
}

const call = (more: { kind?: 'apiKey' | 'token' | 'cookie'; quotaExempt?: boolean } = {}) => ({
  tenantId,
  credential: { kind: more.kind ?? ('apiKey' as const), id: tenantId },
  endpoint: 'GET /api/v1/strategies',
  quotaExempt: more.quotaExempt ?? false,
  at,
});

async function counted() {
  const { rows } = await admin.query<{ used: number | null; rolled: number | null }>(
    `SELECT (SELECT sum(used) FROM usage_period WHERE tenant_id = $1 AND meter = 'api_calls') AS used,
            (SELECT sum(count)::float8 FROM usage_rollup WHERE tenant_id = $1 AND meter = 'api_calls') AS rolled`,
    [tenantId],
  );
  return { used: rows[0]?.used ?? 0, rolled: rows[0]?.rolled ?? 0 };
}

async function outcomes(calls: ReturnType<typeof admitAnonymous>[]) {
  const answers = await Promise.all(calls);
  const of = (outcome: string) => answers.filter((answer) => answer.outcome === outcome);
  return {
    admitted: of('admitted'),
    quota_exceeded: of('quota_exceeded'),
    rate_limited: of('rate_limited'),
  };
}

it('lets exactly the quota in, of a hundred calls at once, and counts just those', async () => {
  await entitle({ calls: 37, rate: 1_000, burst: 1_000 });
  const result = await outcomes(Array.from({ length: 100 }, () => admitCall(call())));
  expect(result.admitted).toHaveLength(37);
  expect(result.quota_exceeded).toHaveLength(63);
  expect(await counted()).toEqual({ used: 37, rolled: 37 });
});

it('tells a refused call what the month allows, when it starts anew and which plan lifts it', async () => {
  await entitle({ calls: 1, rate: 100, burst: 100 });
  await admitCall(call());
  const refused = await admitCall(call());
  expect(refused.outcome).toBe('quota_exceeded');
  expect(refused.quota).toMatchObject({ used: 1, limit: 1, resetsAt: new Date('2026-04-01') });
});

it('lets the burst in and no more, whatever comes at once', async () => {
  await entitle({ calls: null, rate: 1, burst: 20 });
  const started = Date.now();
  const result = await outcomes(Array.from({ length: 100 }, () => admitCall(call())));
  const refilled = Math.ceil((Date.now() - started) / 1_000);
  expect(result.admitted.length).toBeGreaterThanOrEqual(20);
  expect(result.admitted.length).toBeLessThanOrEqual(20 + refilled);
  const refused = result.rate_limited.at(-1);
  expect(refused?.rate).toMatchObject({ limit: 20, remaining: 0 });
  expect(refused?.rate.resetSeconds).toBeGreaterThan(0);
  expect(refused?.rate.resetSeconds).toBeLessThanOrEqual(1);
  expect((await counted()).used).toBeGreaterThanOrEqual(20);
});

it('lets nothing in at a rate of none, and promises no time', async () => {
  await entitle({ calls: null, rate: 0, burst: 0 });
  expect(await admitCall(call())).toEqual({
    outcome: 'rate_limited',
    rate: { limit: 0, remaining: 0, resetSeconds: null },
  });
});

it('counts down the tokens in order of arrival within one flush', async () => {
  await entitle({ calls: null, rate: 1, burst: 20 });
  const answers = await Promise.all([admitCall(call()), admitCall(call()), admitCall(call())]);
  expect(answers.map(({ rate }) => rate.remaining)).toEqual([19, 18, 17]);
  expect(answers[0]?.rate.limit).toBe(20);
});

it('acts on an upgrade at the next call', async () => {
  await entitle({ calls: 1, rate: 100, burst: 100 });
  await admitCall(call());
  expect((await admitCall(call())).outcome).toBe('quota_exceeded');
  await entitle({ calls: 2, rate: 100, burst: 100 });
  expect((await admitCall(call())).outcome).toBe('admitted');
});

it('takes null as unlimited, in rate and quota', async () => {
  await entitle({ calls: null, rate: null, burst: null });
  const result = await outcomes(Array.from({ length: 500 }, () => admitCall(call())));
  expect(result.admitted).toHaveLength(500);
  expect(await counted()).toEqual({ used: 500, rolled: 500 });
});

it('lets exempt calls through a used-up quota and counts them all the same', async () => {
  await entitle({ calls: 1, rate: 100, burst: 100 });
  await admitCall(call());
  expect((await admitCall(call({ quotaExempt: true }))).outcome).toBe('admitted');
  expect((await admitCall(call())).outcome).toBe('quota_exceeded');
  expect(await counted()).toEqual({ used: 2, rolled: 2 });
});

it('grants nothing to a tenant without an entitlement', async () => {
  expect((await admitCall(call())).outcome).toBe('quota_exceeded');
  expect((await admitCall(call({ quotaExempt: true }))).outcome).toBe('admitted');
});

it('does not count sessions of browsers, and limits them apart', async () => {
  await entitle({ calls: 0, rate: 1, burst: 1 });
  const answer = await admitCall(call({ kind: 'cookie' }));
  expect(answer).toMatchObject({ outcome: 'admitted', rate: { limit: 200 } });
  expect(await counted()).toEqual({ used: 0, rolled: 0 });
});

it('takes a call back that ended in a fault of ours', async () => {
  await entitle({ calls: 10, rate: 100, burst: 100 });
  await Promise.all([admitCall(call()), admitCall(call()), admitCall(call())]);
  await refundCall(call());
  await drainAdmissions();
  expect(await counted()).toEqual({ used: 2, rolled: 2 });
});

/** A call by a key of the tenant, which may have a limit of its own. */
const byKey = (id: string, requestsPerSecond: number | null = null) =>
  admitCall({ ...call(), credential: { kind: 'apiKey', id }, requestsPerSecond });

it('limits a key by itself, and takes nothing from the others for what it refuses', async () => {
  await entitle({ calls: null, rate: 1, burst: 100 });
  const [fast, other] = [newId(), newId()];
  const [limited, free] = await Promise.all([
    outcomes(Array.from({ length: 50 }, () => byKey(fast, 5))),
    outcomes(Array.from({ length: 95 }, () => byKey(other))),
  ]);
  expect([limited.admitted.length, limited.rate_limited.length]).toEqual([5, 45]);
  expect(free.admitted).toHaveLength(95);
  expect(await counted()).toEqual({ used: 100, rolled: 100 });
});

it('holds a key with a limit of its own to the tenant’s as well', async () => {
  await entitle({ calls: null, rate: 0, burst: 10 });
  const result = await outcomes(Array.from({ length: 30 }, () => byKey(newId(), 20)));
  expect([result.admitted.length, result.rate_limited.length]).toEqual([10, 20]);
});

it('tells the tighter of the two limits', async () => {
  await entitle({ calls: null, rate: 1, burst: 10 });
  const key = newId();
  const one = await byKey(key, 4);
  expect(one.rate).toMatchObject({ limit: 4, remaining: 3 });
  await Promise.all(Array.from({ length: 8 }, () => byKey(newId())));
  const other = await byKey(newId(), 4);
  expect(other.rate).toMatchObject({ limit: 10, remaining: 0 });
  const refused = await byKey(key, 4);
  expect(refused).toMatchObject({ outcome: 'rate_limited', rate: { limit: 10, remaining: 0 } });
});

it('limits addresses apart from each other and by the name of the limit', async () => {
  const from = (ip: string, bucket: string) =>
    admitAnonymous({ ip, bucket, capacity: 2, perSecond: 0.001, at });
  const result = await outcomes([from(tenantId, 'a'), from(tenantId, 'a'), from(tenantId, 'a')]);
  expect(result.admitted).toHaveLength(2);
  expect((await from(tenantId, 'b')).outcome).toBe('admitted');
  expect((await from(`${tenantId}-other`, 'a')).outcome).toBe('admitted');
});

it('answers a repeated flush with the first answer and counts it once', async () => {
  await entitle({ calls: 100, rate: 100, burst: 100 });
  const values = [
    newId(),
    [tenantId],
    [`tenant ${tenantId}`],
    [null],
    [null],
    [true],
    [false],
    ['2026-03-14T09:00:00Z'],
    ['key x GET /'],
    [5],
    [],
    [null],
    [null],
  ];
  const flush = () =>
    admin.query('SELECT door.admit($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) AS result', values);
  const first = await flush();
  const second = await flush();
  expect(second.rows).toEqual(first.rows);
  expect(await counted()).toEqual({ used: 5, rolled: 5 });
});
