import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isPayPalRefusal } from '@/lib/infra/paypal';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx, RequestInfo } from '@/lib/kernel/ctx';
import { createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import {
  answerPage,
  askByPayPal,
  subscribeByPayPal,
  usePayPalWorld,
} from '@/lib/testing/paypal-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { type Received, startListener } from '@/sandbox/paypal/testing';
import {
  cancelSubscription,
  convergeBilling,
  getSubscription,
  listInvoices,
  refreshCheckout,
} from '../..';
import { jobs } from '../../jobs';
import { receiveWebhook } from '../../receive-webhook';
import { NOTES } from './calls';
import { discard } from './discard';
import { refund } from './refund';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const payPal = usePayPalWorld(world);
const info: RequestInfo = { requestId: 'req_hook', clock: systemClock, ip: null, userAgent: null };
const DAY_MS = 86_400_000;
let ctx: Ctx;

type Headers = Received['headers'];

const receive = (body: string, headers: Headers, at = info) =>
  receiveWebhook(at, 'paypal', body, (name) => {
    const value = headers[name];
    return typeof value === 'string' ? value : null;
  });

const idOf = ({ body }: Received) => (JSON.parse(body) as { id: string }).id;

async function runJob(name: string, payload: object): Promise<void> {
  const job = jobs.find((each) => each.contract.name === name);
  const run = { attempt: 1, maxAttempts: 8, signal: new AbortController().signal };
  const actor = { kind: 'job', name } as const;
  const by = job?.contract.scope === 'tenant' ? { ...info, tenantId: ctx.tenantId, actor } : info;
  await job?.run(by, payload, run);
}

/** Delivers as PayPal does, and does what the queued jobs would do. */
async function deliver(received: Received): Promise<void> {
  const { duplicate } = await receive(received.body, received.headers);
  if (duplicate) return;
  await runJob('billing.receive', { provider: 'paypal', eventId: idOf(received) });
  await runJob('billing.converge', { tenantId: ctx.tenantId, toldBy: 'paypal' });
}

beforeEach(async () => {
  await payPal.told();
  ({ ctx } = await createTenant(world));
});

describe('signatures', () => {
  async function one(): Promise<Received> {
    await subscribeByPayPal(payPal, ctx);
    const [first] = await payPal.told();
    if (!first) throw new Error('nothing was told');
    return first;
  }

  it('believes what PayPal signed for our webhook, once', async () => {
    const { body, headers } = await one();
    expect(await receive(body, headers)).toEqual({ duplicate: false });
    expect(await receive(body, headers)).toEqual({ duplicate: true });
    const { rows } = await world.admin.query(
      `SELECT provider FROM webhook_inbox WHERE event_id = $1`,
      [idOf({ body, headers })],
    );
    expect(rows).toEqual([{ provider: 'paypal' }]);
  });

  it.each<[string, (body: string, headers: Headers) => [string, Headers]]>([
    ['a changed body', (body, headers) => [body.replace('"summary":"', '"summary":"x'), headers]],
    ['no signature', (body, { 'paypal-transmission-sig': _, ...rest }) => [body, rest]],
    [
      'another time',
      (body, headers) => [
        body,
        { ...headers, 'paypal-transmission-time': new Date().toISOString() + ' ' },
      ],
    ],
    [
      'another transmission',
      (body, headers) => [body, { ...headers, 'paypal-transmission-id': 'made-up' }],
    ],
    [
      'a weaker algorithm',
      (body, headers) => [body, { ...headers, 'paypal-auth-algo': 'SHA1withRSA' }],
    ],
    [
      'an unknown certificate',
      (body, headers) => [
        body,
        { ...headers, 'paypal-cert-url': 'http://127.0.0.1/v1/notifications/certs/CERT-none' },
      ],
    ],
    [
      'a certificate without a name',
      (body, headers) => [body, { ...headers, 'paypal-cert-url': 'http://127.0.0.1/evil.pem' }],
    ],
    ['no JSON', (_, headers) => ['nothing', headers]],
  ])('refuses %s', async (_, change) => {
    const { body, headers } = await one();
    await expect(receive(...change(body, headers))).rejects.toMatchObject({
      kind: 'malformed',
      code: 'webhook_refused',
    });
    expect(await receive(body, headers)).toEqual({ duplicate: false });
  });

  it('never fetches a certificate from where the header says', async () => {
    const { body, headers } = await one();
    const name = String(headers['paypal-cert-url']).split('/').at(-1);
    const elsewhere = `https://evil.example/v1/notifications/certs/${name}`;
    expect(await receive(body, { ...headers, 'paypal-cert-url': elsewhere })).toEqual({
      duplicate: false,
    });
  });

  it('refuses what is older than PayPal repeats it, and what comes from the future', async () => {
    const { body, headers } = await one();
    const after = (days: number) => {
      const now = new Date(Date.now() + days * DAY_MS);
      return receive(body, headers, { ...info, clock: { now: () => now } });
    };
    for (const days of [4, -1]) {
      await expect(after(days)).rejects.toMatchObject({ code: 'webhook_refused' });
    }
    expect(await after(3)).toEqual({ duplicate: false });
  });

  it('refuses what was signed for the webhook of another app', async () => {
    await one();
    const other = await startListener();
    await payPal.client.post('/v1/notifications/webhooks', {
      url: other.url,
      event_types: [{ name: '*' }],
    });
    await askByPayPal((await createTenant(world)).ctx);
    await world.sandbox.deliverPending();
    const [foreign] = other.received;
    await other.close();
    expect(foreign).toBeDefined();
    await expect(receive(foreign?.body ?? '', foreign?.headers ?? {})).rejects.toMatchObject({
      code: 'webhook_refused',
    });
  });

  it('ignores an event of nobody here', async () => {
    const plan = await payPal.client.plan();
    await payPal.client.subscription(plan, { custom_id: 'somebody else' });
    const [event] = await payPal.told();
    await receive(event?.body ?? '', event?.headers ?? {});
    await runJob('billing.receive', { provider: 'paypal', eventId: idOf(event as Received) });
    const { rows } = await world.admin.query<{ outcome: string }>(
      `SELECT outcome FROM webhook_inbox WHERE provider = 'paypal' AND event_id = $1`,
      [idOf(event as Received)],
    );
    expect(rows).toEqual([{ outcome: 'ignored' }]);
  });
});

it('ends in one state however events come: in any order, doubled, with gaps', async () => {
  const made = await subscribeByPayPal(payPal, ctx);
  await cancelSubscription(ctx, made.id, { when: 'period_end' });
  const told = await payPal.told();
  expect(told.length).toBeGreaterThanOrEqual(4);
  const before = await getSubscription(ctx, made.id);
  const invoices = await listInvoices(ctx, { limit: 100 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(told.length - 1), { minLength: 1, maxLength: 6 }),
      async (order) => {
        for (const index of order) await deliver(told[index] as Received);
        expect(await getSubscription(ctx, made.id)).toEqual(before);
        expect(await listInvoices(ctx, { limit: 100 })).toEqual(invoices);
      },
    ),
    { numRuns: 8 },
  );
});

it('takes up by a look of its own what a payer agreed to who never came back', async () => {
  const made = await askByPayPal(ctx, 14);
  await answerPage(payPal, made.checkout_url);
  await convergeBilling(ctx);
  for (const each of await payPal.told()) await deliver(each);
  expect((await getSubscription(ctx, made.id)).status).toBe('trialing');
});

describe('refunds', () => {
  async function capture(): Promise<string> {
    await subscribeByPayPal(payPal, ctx);
    const { rows } = await world.admin.query<{ provider_id: string }>(
      'SELECT provider_id FROM invoice WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    return rows[0]?.provider_id ?? '';
  }
  const some = (captureId: string, amount: number, key: string) =>
    refund({
      id: key,
      tenantId: ctx.tenantId,
      invoiceProviderId: captureId,
      amount,
      currency: 'usd',
    });

  it('gives back a part once, however often it is asked, and leaves the invoice as it is', async () => {
    const id = await capture();
    const first = await some(id, 5_000, 'first');
    expect(first).toMatchObject({ status: 'done', failure: null });
    expect(await some(id, 5_000, 'first')).toEqual(first);
    const { body } = await payPal.client.get(`/v2/payments/captures/${id}`);
    expect(body['status']).toBe('PARTIALLY_REFUNDED');
    const before = await listInvoices(ctx, { limit: 10 });
    await refreshCheckout(ctx);
    expect(await listInvoices(ctx, { limit: 10 })).toEqual(before);
  });

  it('pays back all that a subscription took which was made twice, once', async () => {
    const id = await capture();
    const { rows } = await world.admin.query<{ provider_id: string }>(
      'SELECT provider_id FROM subscription WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    const providerId = rows[0]?.provider_id ?? '';
    await discard(providerId);
    await discard(providerId);
    const taken = await payPal.client.get(`/v2/payments/captures/${id}`);
    expect(taken.body['status']).toBe('REFUNDED');
    const there = await payPal.client.get(`/v1/billing/subscriptions/${providerId}`);
    expect(there.body['status']).toBe('CANCELLED');
  });

  it('pays back what such a one took only after its end', async () => {
    const id = await capture();
    const { rows } = await world.admin.query<{ provider_id: string }>(
      'SELECT provider_id FROM subscription WHERE tenant_id = $1',
      [ctx.tenantId],
    );
    const at = `/v1/billing/subscriptions/${rows[0]?.provider_id}/cancel`;
    await payPal.client.post(at, { reason: NOTES.duplicate });
    await convergeBilling(ctx);
    await convergeBilling(ctx);
    const taken = await payPal.client.get(`/v2/payments/captures/${id}`);
    expect(taken.body['status']).toBe('REFUNDED');
  });

  it('refuses more than was paid', async () => {
    const id = await capture();
    const error: unknown = await some(id, 19_901, 'more').catch((reason: unknown) => reason);
    expect(isPayPalRefusal(error)).toBe(true);
  });
});
