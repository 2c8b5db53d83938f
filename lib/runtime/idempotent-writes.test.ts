import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Answer,
  type ApiTenant,
  callApi,
  grantByHand,
  makeKeyByApi,
  signUpByApi,
} from '@/lib/testing/api-client';
import { type GatewayProcess, startGateway } from '@/lib/testing/gateway-process';
import { holdUpdates } from '@/lib/testing/held-writes';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();
const admin = new pg.Client({ connectionString: database.adminUrl });
let gateway: GatewayProcess;
let tenant: ApiTenant;
let other: ApiTenant;
let tenantId: string;

beforeAll(async () => {
  gateway = await startGateway(database.adminUrl);
  [tenant, other] = await Promise.all([signUpByApi(gateway.url), signUpByApi(gateway.url)]);
  const limits = { calls: null, rate: 5_000, burst: 5_000 };
  tenantId = await grantByHand(database.adminUrl, tenant.email, limits);
  await grantByHand(database.adminUrl, other.email, limits);
  await admin.connect();
}, 120_000);

afterAll(async () => {
  await admin.end();
  await gateway.stop();
});

const unique = () => randomBytes(6).toString('hex');

function post(path: string, key: string, body: unknown, token = tenant.token): Promise<Answer> {
  const headers = { 'idempotency-key': key };
  return callApi(gateway.url, 'POST', `/api/v1/${path}`, { token, headers, body });
}

async function keysNamed(name: string): Promise<number> {
  const { rows } = await admin.query('SELECT id FROM api_key WHERE name = $1', [name]);
  return rows.length;
}

/** The answer, once nobody holds the key any more. */
async function patiently(send: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await send();
    if (answer.body.code !== 'idempotency_in_flight') return answer;
    await sleep(250);
  }
}

/** Keeps every process from storing an answer: it gets as far as that and waits. */
const holdAnswers = () => holdUpdates(admin, 'idempotency_record', "NEW.state = 'done'");

it('has one effect and one answer when the process is killed between the two', async () => {
  const [name, key] = [`cut-${unique()}`, unique()];
  const path = `tenants/${tenant.id}/api-keys`;
  const held = await holdAnswers();
  const cut = post(path, key, { name, scopes: ['usage:read'] }).catch(() => null);
  await held.reached();
  expect(await keysNamed(name)).toBe(1);
  await gateway.kill();
  expect(await cut).toBe(null);
  await held.killWaiting();
  gateway = await startGateway(database.adminUrl, { port: gateway.port });

  const answer = await patiently(() => post(path, key, { name, scopes: ['usage:read'] }));
  expect(answer.status).toBe(201);
  expect(await keysNamed(name)).toBe(1);
  // The secret existed in the lost answer alone; the one told now opens the key that was made then.
  const token = String(answer.body.secret);
  expect((await callApi(gateway.url, 'GET', '/api/v1/meters', { token })).status).toBe(200);
  const again = await post(path, key, { name, scopes: ['usage:read'] });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(again.body).toEqual(answer.body);
  const audits = await admin.query(
    `SELECT 1 FROM audit_event WHERE tenant_id = $1 AND after->>'name' = $2`,
    [tenantId, name],
  );
  expect(audits.rows.length).toBe(1);
}, 120_000);

it('gives new tokens once when the process is killed after they were made', async () => {
  const login = await callApi(gateway.url, 'POST', '/api/v1/auth/login', {
    body: { username: other.email, password: other.password },
  });
  const [key, body] = [unique(), { refresh_token: login.body.refresh_token }];
  const refresh = () =>
    callApi(gateway.url, 'POST', '/api/v1/auth/refresh', {
      headers: { 'idempotency-key': key },
      body,
    });
  const held = await holdAnswers();
  const cut = refresh().catch(() => null);
  await held.reached();
  await gateway.kill();
  expect(await cut).toBe(null);
  await held.killWaiting();
  gateway = await startGateway(database.adminUrl, { port: gateway.port });
  // As if the dead process' time had run out.
  await admin.query(
    `UPDATE idempotency_record SET locked_until = '-infinity' WHERE state = 'running'`,
  );
  const answer = await refresh();
  expect(answer.status).toBe(200);
  const token = String(answer.body.access_token);
  expect((await callApi(gateway.url, 'GET', '/api/v1/auth/me', { token })).status).toBe(200);
}, 120_000);

it('has one effect for a hundred identical requests at once', async () => {
  const [name, key] = [`hundred-${unique()}`, unique()];
  const path = `tenants/${tenant.id}/api-keys`;
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => post(path, key, { name, scopes: ['usage:read'] })),
  );
  expect(new Set(answers.map(({ status }) => status))).not.toContain(500);
  const made = answers.filter(({ status }) => status === 201);
  const early = answers.filter(({ body }) => body.code === 'idempotency_in_flight');
  expect(made.length).toBeGreaterThanOrEqual(1);
  expect(made.length + early.length).toBe(100);
  expect(new Set(made.map(({ body }) => body.secret)).size).toBe(1);
  expect(await keysNamed(name)).toBe(1);
});

it('gives a refusal of the verb again, even when it would be granted by now', async () => {
  const symbol = `R${unique().toUpperCase()}`;
  const run = {
    strategy_id: 'stg_00000000000000000000000000',
    symbol: 'SPX',
    timeframe: '1d',
    cash: 1,
  };
  const [missing, taken, full] = [unique(), unique(), unique()];
  const first = await post('backtests', missing, run);
  expect(first.status).toBe(404);
  const again = await post('backtests', missing, run);
  expect([again.status, again.body]).toEqual([first.status, first.body]);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(again.headers.get('content-type')).toBe('application/problem+json');

  await post('instruments', unique(), { symbol, name: 'first' });
  const refused = await post('instruments', taken, { symbol, name: 'second' });
  expect(refused.status).toBe(409);
  await admin.query('DELETE FROM instrument WHERE tenant_id = $1 AND symbol = $2', [
    tenantId,
    symbol,
  ]);
  expect((await post('instruments', taken, { symbol, name: 'second' })).body).toEqual(refused.body);
  const free = await post('instruments', unique(), { symbol, name: 'second' });
  expect(free.status).toBe(201);

  const limits = (keys: number | null) =>
    admin.query(`UPDATE entitlement SET limits = limits || $2 WHERE tenant_id = $1`, [
      tenantId,
      { api_keys: keys },
    ]);
  await limits(0);
  const body = { name: 'full', scopes: ['usage:read'] };
  const beyond = await post(`tenants/${tenant.id}/api-keys`, full, body);
  expect([beyond.status, beyond.body.code]).toEqual([402, 'quota_exceeded']);
  await limits(null);
  expect((await post(`tenants/${tenant.id}/api-keys`, full, body)).body).toEqual(beyond.body);
});

it('keeps nothing of what was refused before the work began', async () => {
  const key = unique();
  const wrong = await post('meters', key, { key: `m_${key}`, aggregation: 'mean', unit: 'x' });
  expect(wrong.status).toBe(422);
  const right = await post('meters', key, { key: `m_${key}`, aggregation: 'sum', unit: 'x' });
  expect(right.status).toBe(201);
  expect(right.headers.get('idempotent-replayed')).toBe(null);
});

it('knows the same key of another person, another tenant or another body apart', async () => {
  const key = unique();
  const body = { key: `m_${unique()}`, aggregation: 'sum', unit: 'x' };
  expect((await post('meters', key, body)).status).toBe(201);
  const elsewhere = await post('meters', key, body, other.token);
  expect(elsewhere.status).toBe(201);
  expect(elsewhere.headers.get('idempotent-replayed')).toBe(null);
  const robot = await makeKeyByApi(gateway.url, tenant, ['usage:read', 'usage:write']);
  // The key's own try: not the person's answer again, but the verb's about the name in use.
  expect((await post('meters', key, body, robot.secret)).body.code).toBe('meter_exists');
  const mismatch = await post('meters', key, { ...body, unit: 'y' });
  expect([mismatch.status, mismatch.body.code]).toEqual([422, 'idempotency_mismatch']);
});

it('holds a repeated upload to the very content of the first', async () => {
  const symbol = `U${unique().toUpperCase()}`;
  await post('instruments', unique(), { symbol, name: 'uploaded' });
  const csv = (close: number) => `time,open,high,low,close\n2020-01-02,1,3,1,${close}\n`;
  const send = (key: string, body: string) =>
    fetch(`${gateway.url}/api/v1/instruments/${symbol}/bars?timeframe=1d`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tenant.token}`,
        'content-type': 'text/csv',
        'idempotency-key': key,
      },
      body,
    });
  const codeOf = async (answer: Response) => ((await answer.json()) as { code?: string }).code;
  const key = unique();
  expect((await send(key, csv(2))).status).toBe(200);
  const again = await send(key, csv(2));
  expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
  // The same type and size.
  const other = await send(key, csv(3));
  expect([other.status, await codeOf(other)]).toEqual([422, 'idempotency_mismatch']);

  // A refusal that left most of the file unread.
  const [refused, rows] = [unique(), 'x,y\n'.repeat(200_000)];
  const first = await send(refused, `nonsense\n${rows}`);
  expect(first.status).toBe(422);
  const replayed = await send(refused, `nonsense\n${rows}`);
  expect(replayed.headers.get('idempotent-replayed')).toBe('true');
  expect(await codeOf(replayed)).toBe(await codeOf(first));
  expect(await codeOf(await send(refused, `nonsensf\n${rows}`))).toBe('idempotency_mismatch');
});

it('goes on with an upload that was cut short for the same content alone', async () => {
  const symbol = `V${unique().toUpperCase()}`;
  await post('instruments', unique(), { symbol, name: 'cut' });
  const key = unique();
  const send = (close: number) =>
    fetch(`${gateway.url}/api/v1/instruments/${symbol}/bars?timeframe=1d`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tenant.token}`,
        'content-type': 'text/csv',
        'idempotency-key': key,
      },
      body: `time,open,high,low,close\n2020-01-02,1,3,1,${close}\n`,
    });
  const held = await holdAnswers();
  const cut = send(2).catch(() => null);
  await held.reached();
  await gateway.kill();
  expect(await cut).toBe(null);
  await held.killWaiting();
  gateway = await startGateway(database.adminUrl, { port: gateway.port });
  await admin.query(
    `UPDATE idempotency_record SET locked_until = '-infinity' WHERE state = 'running'`,
  );
  const other = await send(3);
  expect(other.status).toBe(422);
  expect(await other.json()).toMatchObject({ code: 'idempotency_mismatch' });
  const answer = await send(2);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ inserted: 1, updated: 0 });
}, 120_000);
