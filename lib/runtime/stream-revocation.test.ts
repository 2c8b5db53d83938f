import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
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

/** Rights end in one process and streams are open in another; no worker runs, so no relay helps. */
const database = useTestDatabase();
const admin = new pg.Client({ connectionString: database.adminUrl });
let gateways: GatewayProcess[] = [];
let tenant: ApiTenant;
let tenantId = '';

beforeAll(async () => {
  await admin.connect();
  const start = () => startGateway(database.adminUrl);
  gateways = await Promise.all([start(), start()]);
}, 120_000);

afterAll(async () => {
  await Promise.all(gateways.map((running) => running.stop()));
  await admin.end();
});

beforeEach(async () => {
  tenant = await signUpByApi(here());
  tenantId = await grantByHand(database.adminUrl, tenant.email, {
    calls: null,
    rate: null,
    burst: null,
  });
});

const here = () => gateways[0]?.url ?? '';
const there = () => gateways[1]?.url ?? '';

/** An open WebSocket of the other process; `closed` is its close code, or null after two seconds. */
async function openSocket(token: string, stream = 'usage') {
  const socket = new WebSocket(`${there().replace('http', 'ws')}/api/v1/${stream}/stream`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const code = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_, { statusCode }) => reject(new Error(`${statusCode}`)));
    socket.on('error', () => undefined);
  });
  return { socket, closed: () => Promise.race([code, sleep(2_000, null)]) };
}

const login = async ({ email, password }: ApiTenant) => {
  const body = { username: email, password };
  const answer = await callApi(here(), 'POST', '/api/v1/auth/login', { body });
  return String(answer.body.access_token);
};

it('closes the sockets of a revoked key, and of no other', async () => {
  const key = await makeKeyByApi(here(), tenant);
  const other = await makeKeyByApi(here(), tenant);
  const [ended, kept] = [await openSocket(key.secret), await openSocket(other.secret, 'events')];
  await callApi(here(), 'DELETE', `/api/v1/api-keys/${key.id}`, tenant);
  expect(await ended.closed()).toBe(4401);
  expect(kept.socket.readyState).toBe(WebSocket.OPEN);
  await expect(openSocket(key.secret)).rejects.toThrow('401');
  kept.socket.terminate();
});

it('closes the sockets of sessions that were signed out, one by one or all others', async () => {
  const [first, second] = [await login(tenant), await login(tenant)];
  const sockets = [await openSocket(first), await openSocket(second, 'events')] as const;
  await callApi(here(), 'POST', '/api/v1/auth/logout', { token: first });
  expect(await sockets[0].closed()).toBe(4401);
  expect(sockets[1].socket.readyState).toBe(WebSocket.OPEN);
  await callApi(here(), 'DELETE', '/api/v1/auth/sessions', { token: tenant.token });
  expect(await sockets[1].closed()).toBe(4401);
});

it('closes the sockets of a member who was removed, and of the keys they made', async () => {
  const member = await signUpByApi(here());
  await admin.query(
    `INSERT INTO membership (tenant_id, id, user_id, role, created_at)
     SELECT $1, gen_random_uuid(), id, 'admin', now() FROM "user" WHERE email = $2`,
    [tenantId, member.email],
  );
  const body = { username: member.email, password: member.password, tenant_id: tenant.id };
  const answer = await callApi(here(), 'POST', '/api/v1/auth/login', { body });
  const token = String(answer.body.access_token);
  const key = await makeKeyByApi(here(), { ...tenant, token });
  const sockets = [await openSocket(token), await openSocket(key.secret)] as const;
  const owner = await openSocket(tenant.token);
  const list = await callApi(here(), 'GET', `/api/v1/tenants/${tenant.id}/customers`, tenant);
  const { id } = (list.body.data as { id: string; email: string }[]).find(
    ({ email }) => email === member.email,
  ) as { id: string };
  await callApi(here(), 'DELETE', `/api/v1/customers/${id}`, tenant);
  expect(await Promise.all(sockets.map(({ closed }) => closed()))).toEqual([4401, 4401]);
  expect(owner.socket.readyState).toBe(WebSocket.OPEN);
  owner.socket.terminate();
});

it('closes every socket of a suspended organisation, and opens none', async () => {
  const key = await makeKeyByApi(here(), tenant);
  const sockets = [await openSocket(key.secret), await openSocket(tenant.token)];
  const bystander = await openSocket((await signUpByApi(here())).token);
  await admin.query(`UPDATE tenant SET status = 'suspended' WHERE id = $1`, [tenantId]);
  expect(await Promise.all(sockets.map(({ closed }) => closed()))).toEqual([4423, 4423]);
  await expect(openSocket(key.secret)).rejects.toThrow('423');
  expect(bystander.socket.readyState).toBe(WebSocket.OPEN);
  bystander.socket.terminate();
});

it('ends server-sent events with the same code, as their last event', async () => {
  const token = await login(tenant);
  const response = await fetch(`${there()}/api/v1/events/stream`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
  });
  await callApi(here(), 'POST', '/api/v1/auth/logout', { token });
  const text = await Promise.race([response.text(), sleep(2_000, 'still open')]);
  expect(text).toContain('event: end\ndata: {"code":4401,"reason":"signed out"}\n\n');
});

it('notices what was taken while the process could not listen', async () => {
  const token = await login(tenant);
  const { closed } = await openSocket(token);
  await admin.query(
    `UPDATE pg_database SET datallowconn = false WHERE datname = current_database()`,
  );
  await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'neozork-listen'
       AND datname = current_database()`,
  );
  await admin.query(
    `UPDATE session SET revoked_at = now() WHERE token_hash = encode(sha256($1), 'hex')`,
    [Buffer.from(token)],
  );
  await admin.query(
    `UPDATE pg_database SET datallowconn = true WHERE datname = current_database()`,
  );
  expect(await closed()).toBe(4401);
});
