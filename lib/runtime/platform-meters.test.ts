import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type ApiTenant,
  callApi,
  grantByHand,
  makeKeyByApi,
  signUpByApi,
} from '@/lib/testing/api-client';
import {
  type GatewayProcess,
  type ProductProcess,
  startGateway,
  startProcess,
} from '@/lib/testing/gateway-process';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();
const PATIENCE = { timeout: 60_000, interval: 100 };
const TESTS = 6;
let gateway: GatewayProcess;
let worker: ProductProcess;
let admin: pg.Client;
let tenants: { tenant: ApiTenant; tenantId: string; key: string }[] = [];
let tenant: ApiTenant;
let tenantId = '';
let key = '';

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  // What setting the scene counts is written when its gateway has ended.
  const before = await startGateway(database.adminUrl);
  tenants = await Promise.all(Array.from({ length: TESTS }, () => signUp(before.url)));
  await before.stop();
  [gateway, worker] = await Promise.all([
    startGateway(database.adminUrl),
    startProcess('worker', database.adminUrl),
  ]);
}, 180_000);

async function signUp(url: string) {
  const made = await signUpByApi(url);
  const limits = { calls: null, rate: null, burst: null };
  const id = await grantByHand(database.adminUrl, made.email, limits);
  return { tenant: made, tenantId: id, key: (await makeKeyByApi(url, made)).secret };
}

afterAll(async () => {
  await Promise.all([gateway.stop(), worker.stop()]);
  await admin.end();
});

beforeEach(() => {
  const next = tenants.pop();
  if (!next) throw new Error('TESTS is too small');
  ({ tenant, tenantId, key } = next);
});

async function used(meter: string): Promise<number> {
  const { rows } = await admin.query<{ used: number }>(
    `SELECT p.used FROM usage_period p WHERE tenant_id = $1 AND meter = $2
       AND p.used = (SELECT sum(sum) FROM usage_rollup r WHERE r.tenant_id = $1 AND r.meter = $2)`,
    [tenantId, meter],
  );
  return rows[0]?.used ?? 0;
}

/** Asks and answers how many bytes the body had. */
async function fetchBytes(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...headers },
  });
  return { status: response.status, bytes: (await response.arrayBuffer()).byteLength };
}

const BARS = '/api/v1/instruments/SPX/bars?timeframe=1d';
const CSV = { accept: 'text/csv' };

/** A figure that has stood still for longer than amounts are gathered, so that what must not be added would be seen. */
async function settled(meter: string): Promise<number> {
  let [last, still] = [-1, 0];
  await expect
    .poll(async () => {
      const now = await used(meter);
      still = now === last ? still + 1 : 0;
      last = now;
      return still;
    }, PATIENCE)
    .toBeGreaterThan(20);
  return last;
}

it('counts the bytes of answers to keys and tokens, whole ones, streams and refusals of ours alike', async () => {
  const before = await used('bandwidth_bytes');
  const answers = [
    await fetchBytes('/api/v1/strategies/presets'),
    await fetchBytes(BARS, CSV),
    await fetchBytes('/api/v1/backtests/bkt_nobody'),
    await fetchBytes('/api/v1/strategies/presets', { authorization: `Bearer ${tenant.token}` }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200]);
  const sum = answers.reduce((total, { bytes }) => total + bytes, 0);
  expect(answers[1]?.bytes).toBeGreaterThan(100_000);
  await expect.poll(() => used('bandwidth_bytes'), PATIENCE).toBe(before + sum);
  // Nobody's, too many, and without a body: none of these is the tenant's traffic.
  await fetchBytes('/api/v1/strategies/presets', { authorization: 'Bearer nz_live_nobody' });
  await fetchBytes('/api/v1/strategies/presets', {}, 'HEAD');
  await grantByHand(database.adminUrl, tenant.email, { calls: 0, rate: null, burst: null });
  expect((await fetchBytes('/api/v1/strategies/presets')).status).toBe(402);
  expect(await settled('bandwidth_bytes')).toBe(before + sum);
});

it('counts a series taken whole as an export, and nothing else', async () => {
  await fetchBytes(BARS);
  await fetchBytes(BARS, CSV, 'HEAD');
  expect((await fetchBytes('/api/v1/instruments/NONE/bars?timeframe=1d', CSV)).status).toBe(404);
  expect(await used('exports')).toBe(0);
  await fetchBytes(BARS, CSV);
  expect(await used('exports')).toBe(1);
  await fetchBytes(`/api/v1/tenants/${tenant.id}/usage?meter=exports`, CSV);
  expect(await used('exports')).toBe(2);
});

it('counts sessions opened in the tenant once each, a refused sign-in not', async () => {
  const login = (password: string) =>
    callApi(gateway.url, 'POST', '/api/v1/auth/login', {
      body: { username: tenant.email, password },
    });
  expect((await login('wrong, certainly')).status).toBe(401);
  expect((await login(tenant.password)).status).toBe(200);
  await expect.poll(() => used('user_sessions'), PATIENCE).toBe(2);
  expect(await settled('user_sessions')).toBe(2);
});

it('counts each feature once a month, however often it is used', async () => {
  const add = (symbol: string) =>
    callApi(gateway.url, 'POST', '/api/v1/instruments', { token: key, body: { symbol } });
  const before = await used('feature_access');
  expect((await add('ONE')).status).toBe(201);
  expect((await add('TWO')).status).toBe(201);
  await expect.poll(() => used('feature_access'), PATIENCE).toBe(before + 1);
  expect(await settled('feature_access')).toBe(before + 1);
});

it('shows what was counted in the current usage', async () => {
  await fetchBytes(BARS, CSV);
  await expect.poll(() => used('bandwidth_bytes'), PATIENCE).toBeGreaterThan(100_000);
  await expect.poll(() => used('user_sessions'), PATIENCE).toBe(1);
  const { body } = await callApi(gateway.url, 'GET', `/api/v1/tenants/${tenant.id}/usage/current`, {
    token: key,
  });
  const rows = (body as { data: { meter: string; used: number; unit: string }[] }).data;
  const row = (meter: string) => rows.find((one) => one.meter === meter);
  expect(row('exports')).toMatchObject({ used: 1, unit: 'export' });
  expect(row('bandwidth_bytes')?.used).toBeGreaterThan(100_000);
  expect(row('user_sessions')).toMatchObject({ used: 1, unit: 'session' });
});

it('writes what it gathered before it ends', async () => {
  const own = await startGateway(database.adminUrl);
  const before = await used('bandwidth_bytes');
  const response = await fetch(`${own.url}/api/v1/strategies/presets`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const { byteLength } = await response.arrayBuffer();
  expect(await own.stop()).toBe(0);
  expect(await used('bandwidth_bytes')).toBe(before + byteLength);
});
