import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  type ApiTenant,
  callApi,
  grantByHand,
  makeKeyByApi,
  signUpByApi,
} from '@/lib/testing/api-client';
import { type GatewayProcess, startGateway } from '@/lib/testing/gateway-process';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();
const admin = new pg.Client({ connectionString: database.adminUrl });
let gateway: GatewayProcess;
let tenant: ApiTenant;
let other: ApiTenant;

beforeAll(async () => {
  await admin.connect();
  gateway = await startGateway(database.adminUrl);
  [tenant, other] = await Promise.all([signUpByApi(gateway.url), signUpByApi(gateway.url)]);
  await grantByHand(database.adminUrl, tenant.email, { calls: null, rate: 1_000, burst: 1_000 });
}, 120_000);
afterAll(async () => {
  await admin.end();
  await gateway.stop();
});

type Told = { status: number; headers: Headers; body: { code?: string; request_id?: string } };

async function read(response: IncomingMessage): Promise<Told> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers)) headers.set(name, String(value));
  const body = JSON.parse(Buffer.concat(chunks).toString()) as Told['body'];
  return { status: response.statusCode ?? 0, headers, body };
}

/** A handshake, and what is answered to it instead of a socket. */
function shakeHands(path: string, headers: Record<string, string> = {}): Promise<Told> {
  return new Promise((resolve, reject) => {
    const asked = request(`${gateway.url}${path}`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    });
    asked.on('upgrade', (_, socket) => {
      socket.destroy();
      reject(new Error('let in'));
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      read(response).then(resolve, reject);
    });
    asked.end();
  });
}

/** The answer to a handshake as it comes over the wire, for what no client would write or read. */
function rawly(target: string): Promise<string> {
  const { hostname, port } = new URL(gateway.url);
  return new Promise((resolve, reject) => {
    let told = '';
    const socket = connect(Number(port), hostname);
    socket.on('data', (chunk) => (told += chunk.toString()));
    socket.on('close', () => resolve(told));
    socket.on('error', reject);
    const lines = [`GET ${target} HTTP/1.1`, 'Host: localhost', 'Connection: Upgrade'];
    socket.write(`${[...lines, 'Upgrade: websocket', '', ''].join('\r\n')}`);
  });
}

function expectProblem({ status, headers, body }: Told, wanted: number, code: string): void {
  expect([status, body.code]).toEqual([wanted, code]);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(headers.get('x-request-id')).toMatch(/^req_/);
  expect(body.request_id).toBe(headers.get('x-request-id'));
  expect(headers.get('cache-control')).toBe('private, no-store');
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

it('answers a refused handshake as its route would', async () => {
  const { secret } = await makeKeyByApi(gateway.url, tenant, ['strategies:read']);
  const cases: [string, Record<string, string>, number, string][] = [
    ['/api/v1/usage/stream', {}, 401, 'unauthenticated'],
    ['/api/v1/usage/stream', bearer('nz_at_nonsense'), 401, 'unauthenticated'],
    ['/api/v1/usage/stream', bearer(secret), 403, 'forbidden'],
    ['/api/v1/usage/stream?since_seq=soon', bearer(secret), 403, 'forbidden'],
    ['/api/v1/events/stream?since_seq=soon', bearer(tenant.token), 422, 'invalid_fields'],
    [`/api/v1/events/stream?tenant=${other.id}`, bearer(tenant.token), 404, 'not_found'],
    ['/api/v1/nothing', bearer(tenant.token), 404, 'not_found'],
  ];
  for (const [path, headers, status, code] of cases) {
    const told = await shakeHands(path, headers);
    expectProblem(told, status, code);
    expect(told.headers.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/);
    expect(told.headers.get('ratelimit-policy')).toMatch(/^"default";q=\d+;w=1$/);
  }
});

it('says the length of such an answer once', async () => {
  const told = await rawly('/api/v1/usage/stream');
  expect(told.match(/content-length/gi)).toHaveLength(1);
  expect(told.match(/^connection: close\r$/gim)).toHaveLength(1);
});

it('outlives handshakes at addresses that are none', async () => {
  for (const path of ['//', '//:0', '//[', '/%', '/\\..']) {
    expect([path, await rawly(path)]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 404 /)]);
  }
  for (const target of ['*', 'http://[', 'http://a:99999/']) {
    const told = await rawly(target);
    expect([target, told]).toEqual([target, expect.stringMatching(/^HTTP\/1\.1 400 /)]);
  }
  expect((await callApi(gateway.url, 'GET', '/api/v1/health')).status).toBe(200);
});

it('answers a handshake at an address that nobody has', async () => {
  expectProblem(
    await shakeHands('/api/v1/usage/stream', { host: 'elsewhere.example' }),
    421,
    'not_found',
  );
});

it('limits handshakes, and says how long to wait', async () => {
  const token = other.token;
  const limits = { calls: null, rate: 1, burst: 20 };
  const id = await grantByHand(database.adminUrl, other.email, limits);
  await callApi(gateway.url, 'GET', '/api/v1/meters', { token });
  await admin.query(`UPDATE rate_bucket SET tokens = -1000 WHERE key = 'tenant ' || $1`, [id]);
  const told = await shakeHands('/api/v1/usage/stream', bearer(token));
  expectProblem(told, 429, 'rate_limited');
  expect(Number(told.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('tells the limits with a socket too', async () => {
  const headers = bearer(tenant.token);
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/api/v1/usage/stream`, {
    headers,
  });
  const told = await new Promise<Record<string, unknown>>((resolve, reject) => {
    socket.once('upgrade', (response) => resolve(response.headers));
    socket.once('error', reject);
  });
  socket.terminate();
  expect(told['x-request-id']).toMatch(/^req_/);
  expect(told.ratelimit).toMatch(/^"default";r=\d+;t=\d+$/);
});

it('never refuses a probe, and tells what is left for its address', async () => {
  const empty = () =>
    admin.query(`UPDATE rate_bucket SET tokens = -1000 WHERE key LIKE 'address address %'`);
  const first = await callApi(gateway.url, 'GET', '/api/v1/health');
  expect(first.headers.get('ratelimit')).toMatch(/^"default";r=\d+/);
  await empty();
  const busy = await callApi(gateway.url, 'GET', '/api/v1/plans');
  expect(busy.status).toBe(429);
  const probe = await callApi(gateway.url, 'GET', '/api/v1/health');
  expect([probe.status, probe.body.status]).toEqual([200, 'ok']);
  expect(probe.headers.get('ratelimit')).toMatch(/^"default";r=0;/);
  await admin.query('DELETE FROM rate_bucket');
});
