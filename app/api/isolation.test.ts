import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiEndpoints, callRoute } from '@/lib/testing/isolation/call-route';
import { routeCases } from '@/lib/testing/isolation/route-cases';
import { bearer, CANARY, TwoTenants } from '@/lib/testing/isolation/two-tenants';
import { provideRoutes } from '@/lib/transport/route-table';
import { routes } from '@/lib/runtime/routes.generated';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();
const world = new TwoTenants(database.adminUrl);
const endpoints = apiEndpoints();

beforeAll(async () => {
  provideRoutes(routes);
  await world.build();
}, 120_000);
afterAll(() => world.close());

/** Everybody who has no right to what is the victim's. */
const strangers: Record<string, () => Record<string, string>> = {
  anonymous: () => ({}),
  'a forged token': () => bearer('nz_at_0000000000000000000000000000000000000000'),
  'another tenant’s person': () => bearer(world.attacker.token),
  'another tenant’s person naming the victim by id': () => ({
    ...bearer(world.attacker.token),
    'x-tenant-id': world.victim.id,
  }),
  'another tenant’s person naming the victim by slug': () => ({
    ...bearer(world.attacker.token),
    'x-tenant-id': world.victim.slug,
  }),
  'another tenant’s API key': () => bearer(world.attackerKey),
  'another tenant’s API key naming the victim': () => ({
    ...bearer(world.attackerKey),
    'x-tenant-id': world.victim.id,
  }),
  'another tenant’s set-up token': () => bearer(world.attackerSetup),
};

it('knows what to try at every endpoint of the manifest', () => {
  const names = endpoints.map(({ name }) => name);
  expect(names.filter((name) => !(name in routeCases))).toEqual([]);
  expect(Object.keys(routeCases).filter((name) => !names.includes(name))).toEqual([]);
});

describe.each(Object.keys(strangers))('%s', (stranger) => {
  it('gets nothing of another tenant and changes nothing of it, at any endpoint', async () => {
    const before = await world.digest();
    const leaks: string[] = [];
    let calls = 0;
    for (const endpoint of endpoints) {
      for (const one of routeCases[endpoint.name]?.(world) ?? []) {
        const headers = {
          'x-forwarded-for': `10.1.${calls >> 8}.${calls & 255}`,
          ...strangers[stranger]?.(),
        };
        const { status, text } = await callRoute(endpoint, one, headers);
        calls += 1;
        const where = `${endpoint.name} ${one.query ?? ''} → ${status}`;
        // What the caller sent may come back in an error; the victim's own names may not.
        const sent =
          JSON.stringify(one.body ?? '') + JSON.stringify(one.params ?? '') + (one.query ?? '');
        if (text.includes(CANARY) && !sent.includes(CANARY)) leaks.push(`${where}: the canary`);
        if (one.kind === 'foreign' && ![401, 403, 404].includes(status))
          leaks.push(`${where}: ${text}`);
        if (status >= 500) leaks.push(`${where}: ${text}`);
      }
    }
    expect(leaks).toEqual([]);
    expect(calls).toBeGreaterThan(50);
    expect(await world.digest()).toEqual(before);
  });
});

it('lets a viewer of the tenant itself look but change nothing', async () => {
  const before = await world.digest();
  const wrong: string[] = [];
  for (const endpoint of endpoints) {
    if (endpoint.method === 'GET') continue;
    for (const one of routeCases[endpoint.name]?.(world) ?? []) {
      if (one.kind !== 'foreign' || endpoint.path.startsWith('/api/v1/auth/')) continue;
      const { status, text } = await callRoute(endpoint, one, bearer(world.viewerToken));
      if (![403, 404].includes(status)) wrong.push(`${endpoint.name} → ${status}: ${text}`);
    }
  }
  expect(wrong).toEqual([]);
  const after = await world.digest();
  // Their calls are counted, as everybody's are.
  const counted = ['usage_period', 'usage_rollup', 'usage_stream', 'session'];
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  expect(changed.filter((table) => !counted.includes(table))).toEqual([]);
});

it('sees its own canary where it may: the test itself can find one', async () => {
  const endpoint = endpoints.find(({ name }) => name === 'GET /api/v1/strategies');
  if (!endpoint) throw new Error('no list of strategies');
  const { status, text } = await callRoute(endpoint, {}, bearer(world.victim.token));
  expect(status).toBe(200);
  expect(text).toContain(CANARY);
});
