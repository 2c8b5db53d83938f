import { afterAll, beforeAll, expect, it } from 'vitest';
import { grantByHand, signUpByApi } from '@/lib/testing/api-client';
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
