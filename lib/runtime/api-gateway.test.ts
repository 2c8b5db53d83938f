import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi, grantByHand, signUpByApi } from '@/lib/testing/api-client';
import { apiScenarios, type Scene } from '@/lib/testing/api-scenarios';
import {
  type GatewayProcess,
  type ProductProcess,
  startGateway,
  startProcess,
} from '@/lib/testing/gateway-process';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();
let gateway: GatewayProcess;
let worker: ProductProcess;
let scene: Scene;

beforeAll(async () => {
  [gateway, worker] = await Promise.all([
    startGateway(database.adminUrl),
    startProcess('worker', database.adminUrl),
  ]);
  const [tenant, other] = await Promise.all([signUpByApi(gateway.url), signUpByApi(gateway.url)]);
  await grantByHand(database.adminUrl, tenant.email, { calls: null, rate: 1_000, burst: 1_000 });
  scene = { url: gateway.url, tenant, other };
}, 120_000);

afterAll(async () => {
  await Promise.all([gateway.stop(), worker.stop()]);
});

for (const { name, run } of apiScenarios) {
  it(name, async () => {
    expect.hasAssertions();
    await run(scene, expect);
  });
}

it('limits calls that nobody serves too', async () => {
  for (const [method, path, expected] of [
    ['GET', '/api/v1/nothing', 404],
    ['GET', '/api/v1/strategies/%zz', 404],
    ['DELETE', '/api/v1/plans', 405],
    ['OPTIONS', '/api/v1/plans', 204],
  ] as const) {
    const { status, headers } = await callApi(gateway.url, method, path);
    expect([path, status]).toEqual([path, expected]);
    expect(headers.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/);
    expect(headers.get('x-request-id')).toMatch(/^req_/);
    expect(headers.get('cache-control')).toBe('private, no-store');
  }
});
