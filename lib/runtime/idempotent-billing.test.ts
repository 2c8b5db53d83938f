import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { convergeBilling } from '@/lib/domains/billing';
import { stripe } from '@/lib/infra/stripe';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { type ApiTenant, callApi, grantByHand, signUpByApi } from '@/lib/testing/api-client';
import { auditActions, pay, useBillingWorld } from '@/lib/testing/billing-world';
import { type GatewayProcess, startGateway } from '@/lib/testing/gateway-process';
import { useTestDatabase } from '@/lib/testing/test-database';

const database = useTestDatabase();
const world = useBillingWorld(database);
let gateways: GatewayProcess[] = [];
let tenant: ApiTenant;
let ctx: Ctx;
let subscription: string;

const grant = () =>
  grantByHand(database.adminUrl, tenant.email, { calls: null, rate: 5_000, burst: 5_000 });

beforeAll(async () => {
  const start = () => startGateway(database.adminUrl, { env: world.env });
  gateways = await Promise.all([start(), start()]);
  tenant = await signUpByApi(gateways[0]?.url ?? '');
  const tenantId = await grant();
  const actor = { kind: 'job', name: 'test' } as const;
  ctx = {
    requestId: 'req_hundred',
    clock: systemClock,
    ip: null,
    userAgent: null,
    tenantId,
    actor,
  };
}, 120_000);

afterAll(() => Promise.all(gateways.map((gateway) => gateway.stop())));

type Write = { method: string; path: string; body: object; other: object };

/**
 * Sends one write a hundred times at once, over two processes, under one Idempotency-Key: everybody is given the same
 * answer or told that it is being worked on, and who asks later is given that answer again. The answer.
 */
async function hundredAtOnce({ method, path, body, other }: Write, status: number) {
  const key = randomBytes(6).toString('hex');
  const send = (i: number, content = body) =>
    callApi(gateways[i % 2]?.url ?? '', method, `/api/v1/${path}`, {
      token: tenant.token,
      headers: { 'idempotency-key': key },
      body: content,
    });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => send(i)));
  const done = answers.filter((answer) => answer.status === status);
  const early = answers.filter((answer) => answer.body.code === 'idempotency_in_flight');
  expect(done.length).toBeGreaterThan(0);
  expect([done.length + early.length, answers.length]).toEqual([100, 100]);
  expect(new Set(done.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  const first = done.filter((answer) => answer.headers.get('idempotent-replayed') === null);
  expect(first).toHaveLength(1);
  const later = await Promise.all([send(0), send(1)]);
  for (const answer of later) {
    expect(answer.headers.get('idempotent-replayed')).toBe('true');
    expect([answer.status, answer.body]).toEqual([status, done[0]?.body]);
  }
  const refused = await send(0, other);
  expect([refused.status, refused.body.code]).toEqual([422, 'idempotency_mismatch']);
  return done[0]?.body ?? {};
}

async function times(action: string): Promise<number> {
  return (await auditActions(world, ctx)).filter((each) => each === action).length;
}

async function atStripe() {
  const { rows } = await world.admin.query<{ customer_id: string; provider_id: string }>(
    `SELECT c.customer_id, s.provider_id FROM billing_customer c JOIN subscription s USING (tenant_id)
     WHERE tenant_id = $1`,
    [ctx.tenantId],
  );
  const customer = rows[0]?.customer_id ?? '';
  const sessions = await stripe().checkout.sessions.list({ customer });
  const invoices = await stripe().invoices.list({ customer });
  const live = await stripe().subscriptions.list({ customer });
  return { rows, sessions: sessions.data, invoices: invoices.data, live: live.data };
}

it('a subscription is begun once', async () => {
  const path = `tenants/${tenant.id}/subscriptions`;
  const body = { plan_id: 'professional', billing_cycle: 'monthly', trial_days: 0 };
  const made = await hundredAtOnce(
    { method: 'POST', path, body, other: { ...body, billing_cycle: 'annual' } },
    201,
  );
  subscription = String(made.id);
  expect(await times('subscription.created')).toBe(1);
  const { rows, sessions } = await atStripe();
  expect([rows.length, sessions.length]).toEqual([1, 1]);
  await pay(String(made.checkout_url));
  // The webhook's work, after which what the plan grants is in force.
  for (let tries = 0; tries < 50 && (await times('subscription.activated')) === 0; tries++) {
    await convergeBilling(ctx);
    await sleep(50);
  }
  await grant();
}, 60_000);

it('a plan is changed, and charged, once', async () => {
  const path = `subscriptions/${subscription}`;
  const [body, other] = [{ plan_id: 'enterprise' }, { billing_cycle: 'annual' }];
  await hundredAtOnce({ method: 'PATCH', path, body, other }, 200);
  expect(await times('subscription.change_requested')).toBe(1);
  const { invoices, live } = await atStripe();
  expect(invoices).toHaveLength(2);
  expect(live.map(({ items }) => items.data.length)).toEqual([1]);
  await grant();
}, 60_000);

it('overage is switched once', async () => {
  const path = `tenants/${tenant.id}/overage/api_calls`;
  await hundredAtOnce({ method: 'PUT', path, body: { mode: 'on' }, other: { mode: 'off' } }, 200);
  const { rows } = await world.admin.query(
    'SELECT mode FROM overage_setting WHERE tenant_id = $1',
    [ctx.tenantId],
  );
  expect(rows).toEqual([{ mode: 'on' }]);
  expect(await times('overage.set')).toBe(1);
  await grant();
}, 60_000);

it('a subscription is ended once', async () => {
  const path = `subscriptions/${subscription}/cancel`;
  const body = { when: 'now', reason: 'enough' };
  await hundredAtOnce({ method: 'POST', path, body, other: { when: 'period_end' } }, 200);
  expect(await times('subscription.cancel_requested')).toBe(1);
  expect(await times('subscription.cancelled')).toBe(1);
  const { invoices, live } = await atStripe();
  expect([invoices.length, live.length]).toEqual([2, 0]);
}, 60_000);
