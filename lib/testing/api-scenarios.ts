import { randomBytes } from 'node:crypto';
import { parquetReadObjects } from 'hyparquet';
import { type ApiTenant, callApi, makeKeyByApi } from './api-client';

/** What a scenario has: a running product, and a tenant whose plan has everything. */
export type Scene = { url: string; tenant: ApiTenant; other: ApiTenant };

/** What vitest and Playwright have in common. */
export type Expect = (value: unknown) => {
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toContain(expected: unknown): void;
  toMatch(expected: RegExp): void;
  toMatchObject(expected: object): void;
  toHaveProperty(name: string): void;
  toBeGreaterThanOrEqual(expected: number): void;
};

export type Scenario = { name: string; run: (scene: Scene, expect: Expect) => Promise<void> };

const unique = () => randomBytes(6).toString('hex');

/**
 * The API as an outside program sees it. Run against the lean gateway and against stock Next, which
 * serve the very same files.
 */
export const apiScenarios: Scenario[] = [
  {
    name: 'every answer carries a request id, limits and no permission to be kept',
    run: async ({ url, tenant }, expect) => {
      const { status, headers } = await callApi(url, 'GET', '/api/v1/meters', tenant);
      expect(status).toBe(200);
      expect(headers.get('x-request-id')).toMatch(/^req_/);
      expect(headers.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/);
      expect(headers.get('ratelimit-policy')).toMatch(/^"default";q=\d+;w=1$/);
      expect(headers.get('cache-control')).toBe('private, no-store');
    },
  },
  {
    name: 'a bad credential is a problem document',
    run: async ({ url }, expect) => {
      for (const token of ['nonsense', 'nz_live_', `nz_live_${'A'.repeat(39)}`, 'nz_at_x']) {
        const { status, headers, body } = await callApi(url, 'GET', '/api/v1/meters', { token });
        expect(status).toBe(401);
        expect(headers.get('content-type')).toBe('application/problem+json');
        expect(body).toMatchObject({ status: 401, code: 'unauthenticated' });
        expect(body).toHaveProperty('request_id');
      }
      expect((await callApi(url, 'GET', '/api/v1/meters')).status).toBe(401);
    },
  },
  {
    name: 'unreadable, unknown and wrong input is refused by its name',
    run: async ({ url, tenant }, expect) => {
      const send = (body: unknown) =>
        callApi(url, 'POST', '/api/v1/meters', { token: tenant.token, body });
      const bad = await send({ key: 'X', aggregation: 'mean', unit: 1, colour: 'red' });
      expect(bad.status).toBe(422);
      const paths = (bad.body.errors as { path: string }[]).map(({ path }) => path).sort();
      expect(paths).toEqual(['aggregation', 'colour', 'key', 'unit']);
      const headers = { authorization: `Bearer ${tenant.token}` };
      const raw = (body: string, type: string) =>
        fetch(`${url}/api/v1/meters`, {
          method: 'POST',
          headers: { ...headers, 'content-type': type },
          body,
        });
      expect((await raw('{"key":', 'application/json')).status).toBe(400);
      expect((await raw('<meter/>', 'application/xml')).status).toBe(415);
      expect((await raw(`{"key":"${'x'.repeat(1_000_001)}"}`, 'application/json')).status).toBe(
        413,
      );
    },
  },
  {
    name: 'another tenant is not there',
    run: async ({ url, tenant, other }, expect) => {
      for (const path of ['usage', 'usage/current', 'api-keys']) {
        const { status } = await callApi(url, 'GET', `/api/v1/tenants/${other.id}/${path}`, tenant);
        expect(status).toBe(404);
      }
      const key = await makeKeyByApi(url, other);
      const { status } = await callApi(url, 'DELETE', `/api/v1/api-keys/${key.id}`, tenant);
      expect(status).toBe(404);
      const headers = { 'x-tenant-id': other.id };
      const { token } = tenant;
      expect((await callApi(url, 'GET', '/api/v1/meters', { token, headers })).status).toBe(404);
    },
  },
  {
    name: 'a tenant may be named by id and slug, its own alone',
    run: async ({ url, tenant, other }, expect) => {
      const slugOf = async ({ id, token }: ApiTenant) =>
        String((await callApi(url, 'GET', `/api/v1/tenants/${id}`, { token })).body.slug);
      const { secret } = await makeKeyByApi(url, tenant, ['usage:read']);
      const foreign = [other.id, await slugOf(other), 'no-such-tenant'];
      for (const token of [tenant.token, secret]) {
        const naming = async (named: string) => {
          const headers = { 'x-tenant-id': named };
          return (await callApi(url, 'GET', '/api/v1/meters', { token, headers })).status;
        };
        for (const own of [tenant.id, await slugOf(tenant)]) expect(await naming(own)).toBe(200);
        for (const named of foreign) expect([named, await naming(named)]).toEqual([named, 404]);
      }
    },
  },
  {
    name: 'a refused call tells its limits, and counts',
    run: async ({ url, tenant, other }, expect) => {
      const { secret } = await makeKeyByApi(url, tenant, ['usage:read']);
      const foreign = `/api/v1/tenants/${other.id}/usage`;
      for (const path of [foreign, '/api/v1/auth/me']) {
        const { status, headers } = await callApi(url, 'GET', path, { token: secret });
        expect([path, status >= 400]).toEqual([path, true]);
        expect(headers.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/);
        expect(headers.get('ratelimit-policy')).toMatch(/^"default";q=\d+;w=1$/);
      }
      const calls = async () => {
        const path = `/api/v1/tenants/${tenant.id}/usage/current`;
        const { body } = await callApi(url, 'GET', path, tenant);
        const rows = body.data as { meter: string; used: number }[];
        return rows.find(({ meter }) => meter === 'api_calls')?.used ?? 0;
      };
      const before = await calls();
      for (let i = 0; i < 3; i += 1) await callApi(url, 'GET', foreign, { token: secret });
      expect((await calls()) - before).toBeGreaterThanOrEqual(4);
    },
  },
  {
    name: 'characters that no text has are refused by the field they are in',
    run: async ({ url, tenant }, expect) => {
      const login = { username: 'nobody\0@example.com', password: 'irrelevant' };
      const bad = await callApi(url, 'POST', '/api/v1/auth/login', { body: login });
      expect(bad.status).toBe(422);
      expect(bad.body.errors).toMatchObject([{ path: 'username', code: 'invalid_characters' }]);
      const dimensions = { city: '\ud800' };
      const event = { id: unique(), meter: 'custom_events', dimensions };
      const send = (path: string, body: unknown) =>
        callApi(url, 'POST', `/api/v1/usage/${path}`, { token: tenant.token, body });
      expect((await send('events', event)).status).toBe(422);
      const batch = await send('events/batch', {
        events: [event, { id: unique(), meter: 'custom_events' }],
      });
      expect(batch.body).toMatchObject({ accepted: 1, rejected: [{ index: 0 }] });
    },
  },
  {
    name: 'a key works until it is revoked, within its scopes',
    run: async ({ url, tenant }, expect) => {
      const key = await makeKeyByApi(url, tenant, ['usage:read']);
      const token = key.secret;
      expect((await callApi(url, 'GET', '/api/v1/meters', { token })).status).toBe(200);
      const write = await callApi(url, 'POST', '/api/v1/usage/events', {
        token,
        body: { id: '1', meter: 'custom_events' },
      });
      expect(write.status).toBe(403);
      const gone = await callApi(url, 'DELETE', `/api/v1/api-keys/${key.id}`, tenant);
      expect(gone.status).toBe(204);
      expect((await callApi(url, 'GET', '/api/v1/meters', { token })).status).toBe(401);
    },
  },
  {
    name: 'a key with a limit of its own is held to it, and told',
    run: async ({ url, tenant }, expect) => {
      const own = { requests_per_second: 1 };
      const { secret } = await makeKeyByApi(url, tenant, ['usage:read'], own);
      const call = () => callApi(url, 'GET', '/api/v1/meters', { token: secret });
      const answers = await Promise.all(Array.from({ length: 40 }, call));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThanOrEqual(1);
      expect(refused[0]?.headers.get('retry-after')).toBe('1');
      for (const { headers } of answers) {
        expect(headers.get('ratelimit-policy')).toBe('"default";q=1;w=1');
      }
      expect((await callApi(url, 'GET', '/api/v1/meters', tenant)).status).toBe(200);
    },
  },
  {
    name: 'a repeated write has one effect and one answer',
    run: async ({ url, tenant }, expect) => {
      const headers = { 'idempotency-key': unique() };
      const body = { key: `m_${unique()}`, aggregation: 'sum', unit: 'thing' };
      const send = (more: object = {}) =>
        callApi(url, 'POST', '/api/v1/meters', {
          token: tenant.token,
          headers,
          body: { ...body, ...more },
        });
      const answers = await Promise.all(Array.from({ length: 20 }, () => send()));
      const statuses = answers.map(({ status }) => status);
      expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
      const again = await send();
      expect(again.status).toBe(201);
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect(again.body.key).toBe(body.key);
      const mismatch = await send({ unit: 'other' });
      expect([mismatch.status, mismatch.body.code]).toEqual([422, 'idempotency_mismatch']);
    },
  },
  {
    name: 'events are taken once, and seen in the usage',
    run: async ({ url, tenant }, expect) => {
      const source = unique();
      const event = (id: string) => ({ id, source, meter: 'custom_events', value: 2 });
      const send = (path: string, body: unknown) =>
        callApi(url, 'POST', `/api/v1/usage/${path}`, { token: tenant.token, body });
      expect((await send('events', event('1'))).body).toEqual({ status: 'accepted' });
      expect((await send('events', event('1'))).body).toEqual({ status: 'duplicate' });
      const batch = await send('events/batch', { events: [event('1'), event('2'), {}] });
      expect(batch.status).toBe(202);
      expect(batch.body).toMatchObject({ accepted: 1, duplicates: 1, rejected: [{ index: 2 }] });
      const usage = `/api/v1/tenants/${tenant.id}/usage`;
      const current = await callApi(url, 'GET', `${usage}/current`, tenant);
      const rows = current.body.data as { meter: string; used: number }[];
      expect(rows.find(({ meter }) => meter === 'custom_events')?.used).toBeGreaterThanOrEqual(4);
      const csv = await callApi(url, 'GET', `${usage}?meter=custom_events`, {
        token: tenant.token,
        headers: { accept: 'text/csv' },
      });
      expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
      expect(String(csv.body.text)).toMatch(/^start,value\r\n/);
    },
  },
  {
    name: 'series come whole as CSV or Parquet, by what the caller wants most',
    run: async ({ url, tenant: { id, token } }, expect) => {
      const get = (path: string, accept: string) =>
        fetch(`${url}/api/v1/${path}`, { headers: { authorization: `Bearer ${token}`, accept } });
      const bars = 'instruments/SPX/bars?timeframe=1d&to=2020-12-31';
      const parquet = await get(bars, 'text/csv;q=0.5, application/vnd.apache.parquet');
      expect(parquet.headers.get('content-type')).toBe('application/vnd.apache.parquet');
      const rows = await parquetReadObjects({ file: await parquet.arrayBuffer() });
      const lines = (await (await get(bars, 'text/csv')).text()).trimEnd().split('\r\n');
      expect(rows.length).toBe(lines.length - 1);
      const { time, open, volume } = rows[0] ?? {};
      expect((time as Date).toISOString()).toBe('2000-01-03T00:00:00.000Z');
      expect(lines[1]?.startsWith(`2000-01-03T00:00:00.000Z,${open},`)).toBe(true);
      expect(typeof volume).toBe('number');
      const usage = `tenants/${id}/usage?meter=api_calls&group_by=endpoint`;
      const counted = await get(usage, 'application/vnd.apache.parquet');
      const calls = await parquetReadObjects({ file: await counted.arrayBuffer() });
      expect(calls[0]?.start instanceof Date).toBe(true);
      expect(Object.keys(calls[0] ?? {})).toEqual(['start', 'group', 'value']);
      const refused = await get(bars, 'image/png');
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
        406,
        'not_acceptable',
      ]);
    },
  },
  {
    name: 'the OpenAPI document and health are there for anybody',
    run: async ({ url }, expect) => {
      const document = await callApi(url, 'GET', '/api/v1/openapi.json');
      const probe = await callApi(url, 'GET', '/api/v1/health');
      for (const { headers } of [document, probe]) {
        expect(headers.get('x-request-id')).toMatch(/^req_/);
        expect(headers.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/);
        expect(headers.get('ratelimit-policy')).toMatch(/^"default";q=\d+;w=1$/);
      }
      expect(document.body.openapi).toBe('3.1.0');
      expect(Object.keys(document.body.paths as object)).toContain('/usage/events');
      for (const path of [
        '/api/health',
        '/api/v1/health',
        '/api/health/live',
        '/api/health/ready',
      ]) {
        const { status, body } = await callApi(url, 'GET', path);
        expect([path, status, body.status]).toEqual([path, 200, 'ok']);
      }
    },
  },
  {
    name: 'usage streams as server-sent events from a given number on',
    run: async ({ url, tenant }, expect) => {
      const stop = new AbortController();
      const response = await fetch(`${url}/api/v1/usage/stream?since_seq=0`, {
        headers: { authorization: `Bearer ${tenant.token}`, accept: 'text/event-stream' },
        signal: stop.signal,
      });
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      let text = '';
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk).toString();
        if (/\ndata: .*\n\n/.test(text)) break;
      }
      stop.abort();
      const message = JSON.parse(/\ndata: (.*)\n/.exec(text)?.[1] ?? 'null');
      expect(message).toMatchObject({ type: 'usage' });
      expect(message.seq).toBeGreaterThanOrEqual(1);
      const plain = await callApi(url, 'GET', '/api/v1/usage/stream', tenant);
      expect([plain.status, plain.body.code]).toEqual([400, 'upgrade_required']);
    },
  },
];
