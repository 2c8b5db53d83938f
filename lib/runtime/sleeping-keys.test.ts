import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setEntitlements } from '@/lib/domains/entitlements';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { callApi, grantByHand, makeKeyByApi, signUpByApi } from '@/lib/testing/api-client';
import { type GatewayProcess, startGateway } from '@/lib/testing/gateway-process';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();
const admin = new pg.Client({ connectionString: database.adminUrl });
let gateway: GatewayProcess;

beforeAll(async () => {
  await admin.connect();
  gateway = await startGateway(database.adminUrl);
}, 120_000);
afterAll(async () => {
  await gateway.stop();
  await admin.end();
  await closeDatabase();
});

it('refuses a write within a second of the change of plan, made by another process', async () => {
  const tenant = await signUpByApi(gateway.url);
  const limits = { calls: null, rate: null, burst: null };
  const tenantId = await grantByHand(database.adminUrl, tenant.email, limits);
  const key = await makeKeyByApi(gateway.url, tenant);
  const ctx: Ctx = {
    tenantId,
    actor: { kind: 'job', name: 'test' },
    requestId: 'req_sleeping',
    clock: systemClock,
    ip: null,
    userAgent: null,
  };
  const move = (planId: 'starter' | 'professional') =>
    withTenant(ctx, (tx) =>
      setEntitlements(tx, ctx, {
        planId,
        planVersion: 1,
        source: 'subscription',
        validUntil: null,
        apiCallsBeyond: 0,
      }),
    );
  let count = 0;
  const write = () => {
    count += 1;
    const body = { key: `meter_${count}`, aggregation: 'sum', unit: 'thing' };
    return callApi(gateway.url, 'POST', '/api/v1/meters', { token: key.secret, body });
  };
  expect((await write()).status).toBe(201);
  await move('professional');
  expect((await write()).status).toBe(201);
  await move('starter');
  await sleep(1_000);
  expect(await write()).toMatchObject({
    status: 402,
    body: { code: 'feature_not_in_plan', upgrade_to: 'professional' },
  });
  const { rows } = await admin.query('SELECT key FROM meter WHERE tenant_id = $1', [tenantId]);
  expect(rows.map((row) => row.key)).not.toContain('meter_3');
  const path = `/api/v1/tenants/${tenant.id}/api-keys`;
  const read = await callApi(gateway.url, 'GET', path, { token: key.secret });
  expect(read).toMatchObject({
    status: 200,
    body: { data: [{ sleeping: { upgrade_name: 'Professional' } }] },
  });
  await move('professional');
  await sleep(1_000);
  expect((await write()).status).toBe(201);
});
