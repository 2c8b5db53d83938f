import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Stripe from 'stripe';
import { afterEach, expect, test } from 'vitest';
import { startSandbox } from '@/sandbox/index';
import { clientOf, SECRET, startReceiver } from '@/sandbox/testing';
import type { Delivery } from '@/sandbox/webhooks/delivery';
import { signPayload } from '@/sandbox/webhooks/sign';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function setUp(
  options: { status?: () => number; retryDelaysMs?: number[]; dataDir?: string } = {},
) {
  const receiver = await startReceiver(options.status);
  const { status: _, ...rest } = options;
  const sandbox = await startSandbox({
    port: 0,
    smtpPort: 0,
    webhookUrl: receiver.url,
    webhookSecret: SECRET,
    ...rest,
  });
  open.push(receiver.close, sandbox.close);
  const call = async (method: string, at: string, body?: object) => {
    const answer = await fetch(`${sandbox.url}/_sandbox/${at}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return (await answer.json()) as Delivery[];
  };
  return {
    receiver,
    sandbox,
    stripe: clientOf(sandbox),
    call,
    types: () => receiver.received.map((event) => event.type),
  };
}

async function until(met: () => boolean): Promise<void> {
  for (let i = 0; i < 300 && !met(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(met()).toBe(true);
}

test('the signature is the one Stripe documents', () => {
  const stripe = new Stripe('sk_test_local');
  const payload = JSON.stringify({ id: 'evt_1', object: 'event' });
  const at = Math.floor(Date.now() / 1000);
  expect(signPayload(payload, SECRET, at)).toBe(
    stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET, timestamp: at }),
  );
});

test('events arrive signed, in order, with previous attributes on updates', async () => {
  const { stripe, receiver, types } = await setUp();
  const customer = await stripe.customers.create({ name: 'A' });
  await stripe.customers.update(customer.id, { name: 'B' });
  await until(() => types().length === 2);
  expect(types()).toEqual(['customer.created', 'customer.updated']);
  expect(receiver.received[1]?.data).toMatchObject({
    object: { name: 'B' },
    previous_attributes: { name: 'A' },
  });
  const again = await stripe.events.retrieve(receiver.received[0]?.id ?? '');
  expect(again).toMatchObject({
    type: 'customer.created',
    pending_webhooks: 0,
    data: { object: { name: 'A' } },
  });
});

test('a refused delivery is tried again after each delay, then given up', async () => {
  let answers = 0;
  const { stripe, types, call } = await setUp({
    status: () => (answers++ < 2 ? 500 : 200),
    retryDelaysMs: [5, 5],
  });
  await stripe.customers.create({});
  await until(() => types().length === 1);
  await until(() => answers === 3);
  const [done] = await call('GET', 'deliveries');
  expect([done?.status, done?.attempts.map((attempt) => attempt.status)]).toEqual([
    'delivered',
    [500, 500, 200],
  ]);
  answers = -10;
  await stripe.customers.create({});
  await until(() => answers === -7);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await call('GET', 'deliveries?status=failed'))[0]?.attempts).toHaveLength(3);
});

test('deliveries can be held back, reordered, doubled and lost on purpose', async () => {
  const { stripe, sandbox, call, types, receiver } = await setUp();
  await call('PUT', 'webhooks', { paused: true, order: 'newest_first' });
  const { id } = await stripe.customers.create({ name: 'A' });
  await stripe.customers.update(id, { name: 'B' });
  expect(types()).toEqual([]);
  await sandbox.deliverPending();
  expect(types()).toEqual(['customer.updated', 'customer.created']);
  await call('PUT', 'webhooks', { paused: false, order: 'as_sent', double: 1 });
  await stripe.products.create({ name: 'P' });
  await until(() => types().length === 4);
  expect(receiver.received[2]?.id).toBe(receiver.received[3]?.id);
  await call('PUT', 'webhooks', { skip: 1 });
  await stripe.products.create({ name: 'lost' });
  const dropped = await call('GET', 'deliveries?status=dropped');
  expect(dropped.map((each) => each.type)).toEqual(['product.created']);
  await call('POST', `redeliver/${dropped[0]?.event}`);
  await until(() => types().length === 5);
});

test('an endpoint made by the API has its own secret and hears only what it asked for', async () => {
  const { stripe, sandbox } = await setUp();
  const seen: string[] = [];
  const receiver = await startReceiver();
  open.push(receiver.close);
  const endpoint = await stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: ['product.created'],
  });
  expect(endpoint.secret).toMatch(/^whsec_\w{32}$/);
  expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
  await stripe.customers.create({});
  await stripe.products.create({ name: 'P' });
  await sandbox.deliverPending();
  const answer = await fetch(`${sandbox.url}/_sandbox/deliveries`);
  for (const each of (await answer.json()) as Delivery[])
    if (each.endpoint === endpoint.id) seen.push(each.type);
  expect(seen).toEqual(['product.created']);
  await stripe.webhookEndpoints.del(endpoint.id);
  expect((await stripe.webhookEndpoints.list()).data.map((each) => each.id)).toEqual([
    'we_default',
  ]);
});

test('state and undelivered events survive a restart', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
  open.unshift(async () => rmSync(dataDir, { recursive: true }));
  let refuse = true;
  const first = await setUp({
    dataDir,
    status: () => (refuse ? 503 : 200),
    retryDelaysMs: [60_000, 60_000, 60_000],
  });
  const { id } = await first.stripe.customers.create({ email: 'stay@example.com' });
  await first.sandbox.deliverPending();
  await first.sandbox.close();
  refuse = false;
  const second = await startSandbox({
    port: 0,
    smtpPort: 0,
    dataDir,
    webhookUrl: first.receiver.url,
    webhookSecret: SECRET,
  });
  open.push(second.close);
  expect(await clientOf(second).customers.retrieve(id)).toMatchObject({
    email: 'stay@example.com',
  });
  await second.deliverPending();
  expect(first.types()).toEqual(['customer.created']);
});

test('a webhook address without a secret is refused at the start', async () => {
  await expect(
    startSandbox({ port: 0, smtpPort: 0, webhookUrl: 'http://127.0.0.1:1/hook' }),
  ).rejects.toThrow('signing secret');
});
