import { type ApiTenant, callApi, makeKeyByApi } from '../api-client';
import { type Scenario } from './scenario';

/** Who may call, for which tenant, how fast. */
export const accessScenarios: Scenario[] = [
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
];
