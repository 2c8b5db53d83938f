import { callApi, makeKeyByApi } from '../api-client';
import { type Scenario, unique } from './scenario';

/** What every answer carries, what is refused, and what a repeat gets. */
export const answerScenarios: Scenario[] = [
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
];
