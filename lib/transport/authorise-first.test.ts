import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissions } from '@/lib/kernel/access';
import { routes } from '@/lib/runtime/routes.generated';
import {
  apiEndpoints,
  type Call,
  callRoute,
  type Endpoint,
} from '@/lib/testing/isolation/call-route';
import { bearer, TwoTenants } from '@/lib/testing/isolation/two-tenants';
import { useTestDatabase } from '@/lib/testing/test-database';
import { provideRoutes } from './route-table';

const database = useTestDatabase();
const world = new TwoTenants(database.adminUrl);
const endpoints = apiEndpoints().filter(({ route }) => route.spec.access !== 'public');
const writes = endpoints.filter(({ method }) => method !== 'GET');
const keys = { readOnly: '', useless: '' };

beforeAll(async () => {
  provideRoutes(routes);
  await world.build();
  await world.admin.query(
    `UPDATE entitlement SET rate = 100000, burst = 100000, api_calls_limit = NULL`,
  );
  keys.readOnly = await keyWith(permissions.filter((scope) => scope.endsWith(':read')));
  // No route asks for it.
  keys.useless = await keyWith(['models:read']);
}, 120_000);
afterAll(() => world.close());

async function keyWith(scopes: string[]): Promise<string> {
  const { id, token } = world.victim;
  const body = { name: 'limited', scopes };
  const call = { params: { id }, body };
  return (await world.api('POST /api/v1/tenants/:id/api-keys', bearer(token), call)).secret;
}

/** Whatever is wrong with the body or the query, and whether or not the object exists. */
function attempts({ path, method }: Endpoint): Call[] {
  const { victim, owned } = world;
  const there = path.startsWith('/api/v1/tenants/:id')
    ? [{ id: victim.id, variant: 'light' }]
    : [
        { id: owned.strategy, symbol: owned.symbol },
        { id: owned.member, symbol: 'NOTHERE' },
        { id: 'nonsense', symbol: '%' },
      ];
  const json = (text: string) => ({ raw: { type: 'application/json', text } });
  const bodies: Call[] = [
    {},
    json('{"unreadable":'),
    json('{"no_such_field":1}'),
    json('[]'),
    json(`"${'x'.repeat(1_000_001)}"`),
    { raw: { type: 'application/x-nothing', text: 'x' } },
    { query: '?no_such_parameter=1' },
  ];
  const sent = method === 'GET' ? bodies.filter(({ raw }) => !raw) : bodies;
  return there.flatMap((params) => sent.map((body) => ({ params, ...body })));
}

async function answers(tried: Endpoint[], token: string): Promise<string[]> {
  const seen: string[] = [];
  for (const endpoint of tried) {
    for (const call of attempts(endpoint)) {
      const { status, text } = await callRoute(endpoint, call, bearer(token));
      const code = (JSON.parse(text || '{}') as { code?: string }).code;
      if (status !== 403 || code !== 'forbidden') {
        seen.push(`${endpoint.name} ${JSON.stringify(call).slice(0, 120)} → ${status} ${code}`);
      }
    }
  }
  return seen;
}

/** Routes that ask this credential for something it lacks. */
const beyond = (tried: Endpoint[], isLacking: (scope: string) => boolean) =>
  tried.filter(({ route }) => {
    const { access, apiKeyToo, permission } = route.spec;
    if (access === 'operator' || (access === 'person' && !apiKeyToo)) return true;
    return isLacking(typeof permission === 'object' ? permission.ofKeys : (permission ?? ''));
  });

describe('a caller who may not is told that, whatever else is wrong', () => {
  it('with a key that only reads, at every route that writes', async () => {
    const tried = beyond(writes, (scope) => scope.endsWith(':write'));
    // All but those that look at what a change, a code or add-ons would do.
    expect(writes.length - tried.length).toBe(3);
    expect(await answers(tried, keys.readOnly)).toEqual([]);
  }, 60_000);

  it('with a key that has none of the scopes, at every route', async () => {
    const tried = beyond(endpoints, () => true);
    expect(tried.length).toBe(endpoints.length);
    expect(await answers(tried, keys.useless)).toEqual([]);
  }, 60_000);

  it('with a role that only looks, at every route that writes', async () => {
    const tried = writes.filter(({ route }) => {
      const { permission } = route.spec;
      return typeof permission === 'string' && permission.endsWith(':write');
    });
    expect(tried.length).toBeGreaterThan(15);
    expect(await answers(tried, world.viewerToken)).toEqual([]);
  }, 60_000);
});

it('names a permission for every route within a tenant', () => {
  const without = endpoints.filter(
    ({ route: { spec } }) => spec.access === 'tenant' && spec.permission === undefined,
  );
  expect(without.map(({ name }) => name)).toEqual([]);
});
