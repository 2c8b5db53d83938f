import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  type ApiTenant,
  callApi,
  countedCalls,
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
let gateways: GatewayProcess[] = [];
let worker: ProductProcess;

beforeAll(async () => {
  const start = () => startGateway(database.adminUrl);
  [gateways, worker] = await Promise.all([
    Promise.all([start(), start()]),
    startProcess('worker', database.adminUrl),
  ]);
}, 120_000);

afterAll(async () => {
  const codes = await Promise.all([...gateways, worker].map((running) => running.stop()));
  // Asked to end, each drains and goes by itself.
  expect(codes).toEqual([0, 0, 0]);
});

const url = (i: number) => gateways[i % gateways.length]?.url ?? '';
let tenant: ApiTenant;
let tenantId = '';
let token = '';

beforeEach(async () => {
  tenant = await signUpByApi(url(0));
  await grant({ calls: null, rate: null, burst: null });
  token = (await makeKeyByApi(url(0), tenant)).secret;
});

async function grant(limits: Parameters<typeof grantByHand>[2]) {
  tenantId = await grantByHand(database.adminUrl, tenant.email, limits);
}

const PATH = '/api/v1/strategies/presets';
const callMany = (n: number) =>
  Promise.all(Array.from({ length: n }, (_, i) => callApi(url(i), 'GET', PATH, { token })));
const count = (statuses: number[], wanted: number) =>
  statuses.filter((status) => status === wanted).length;

it('gives the last calls of a quota to exactly as many, over two processes', async () => {
  const { month } = await countedCalls(database.adminUrl, tenantId);
  await grant({ calls: month + 40, rate: 1_000, burst: 1_000 });
  const statuses = (await callMany(100)).map(({ status }) => status);
  expect([count(statuses, 200), count(statuses, 402)]).toEqual([40, 60]);
  expect((await countedCalls(database.adminUrl, tenantId)).month).toBe(month + 40);
});

it('shares one token bucket between two processes', async () => {
  await grant({ calls: null, rate: 1, burst: 30 });
  const began = Date.now();
  const answers = await callMany(100);
  const statuses = answers.map(({ status }) => status);
  const refilled = Math.ceil((Date.now() - began) / 1_000);
  // Calls made before, to set up, may have taken a few.
  expect(count(statuses, 200)).toBeGreaterThanOrEqual(20);
  expect(count(statuses, 200)).toBeLessThanOrEqual(30 + refilled);
  expect(count(statuses, 200) + count(statuses, 429)).toBe(100);
  const refused = answers.find(({ status }) => status === 429);
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('has one effect of a hundred identical writes over two processes', async () => {
  const headers = { 'idempotency-key': 'one-of-a-hundred' };
  const body = { key: 'once', aggregation: 'sum', unit: 'thing' };
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      callApi(url(i), 'POST', '/api/v1/meters', { token, headers, body }),
    ),
  );
  const fresh = answers.filter(
    (a) => a.status === 201 && a.headers.get('idempotent-replayed') === null,
  );
  expect(fresh).toHaveLength(1);
  for (const { status } of answers) expect([201, 409]).toContain(status);
});

it('refuses a revoked key in the other process within a second', async () => {
  const key = await makeKeyByApi(url(0), tenant);
  const call = (i: number) => callApi(url(i), 'GET', PATH, { token: key.secret });
  expect((await call(1)).status).toBe(200);
  await callApi(url(0), 'DELETE', `/api/v1/api-keys/${key.id}`, tenant);
  expect((await call(0)).status).toBe(401);
  await sleep(1_000);
  expect((await call(1)).status).toBe(401);
});

type Message = { type: string; meter: string; used: number; seq: number };

function openStream(i: number, since?: number, headers: Record<string, string> = {}) {
  const query = since === undefined ? '' : `?since_seq=${since}`;
  const socket = new WebSocket(`${url(i).replace('http', 'ws')}/api/v1/usage/stream${query}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  const messages: Message[] = [];
  socket.on('message', (data) => messages.push(JSON.parse((data as Buffer).toString()) as Message));
  const refused = new Promise<number | undefined>((resolve) => {
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
    socket.on('open', () => resolve(undefined));
    socket.on('error', () => undefined);
  });
  return { socket, messages, refused };
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !done(); tries++) await sleep(50);
  expect(done()).toBe(true);
}

it('streams usage from one process to the readers of another, and resumes without a gap', async () => {
  const live = openStream(1);
  expect(await live.refused).toBeUndefined();
  const report = (id: string) =>
    callApi(url(0), 'POST', '/api/v1/usage/events', {
      token,
      body: { id, meter: 'custom_events' },
    });
  const seen = (messages: Message[], used: number) =>
    messages.some((message) => message.meter === 'custom_events' && message.used === used);
  await report('1');
  await until(() => seen(live.messages, 1));
  const last = live.messages.at(-1)?.seq ?? 0;
  live.socket.terminate();
  await report('2');
  await sleep(500);
  const resumed = openStream(0, last);
  await until(() => seen(resumed.messages, 2));
  const seqs = resumed.messages.map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, i) => last + 1 + i));
  resumed.socket.terminate();
});

it('opens no stream without a credential, nor for a page of another site', async () => {
  expect(await openStream(0, 0, { authorization: '' }).refused).toBe(401);
  expect(await openStream(0, 0, { authorization: 'Bearer nz_at_nobody' }).refused).toBe(401);
  const foreign = await fetch(`${url(0)}/api/v1/usage/stream`, {
    headers: { authorization: `Bearer ${token}`, 'x-nz-tenant-slug': 'somebody-else' },
  });
  // The internal header was dropped, so the answer is about the stream and not about the tenant.
  expect(foreign.status).toBe(400);
});

it('gives the jobs of a worker that was killed to another within seconds', async () => {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const dead = 'worker-that-died';
  await admin.query(
    `SELECT graphile_worker.add_job('gateway.clear-calls', '{}', job_key => 'held')`,
  );
  await admin.query(
    `UPDATE graphile_worker._private_jobs SET locked_by = $1, locked_at = now() WHERE key = 'held'`,
    [dead],
  );
  const held = async () =>
    (await admin.query(`SELECT 1 FROM graphile_worker._private_jobs WHERE key = 'held'`)).rowCount;
  for (let tries = 0; tries < 100 && (await held()); tries++) await sleep(100);
  expect(await held()).toBe(0);
  await admin.end();
});
