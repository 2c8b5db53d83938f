import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ctx } from '@/lib/kernel/ctx';
import { createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import {
  answerPage,
  askByPayPal,
  deliver,
  eventIdOf,
  receive,
  runJob,
  subscribeByPayPal,
  usePayPalWorld,
  webhookCaller,
} from '@/lib/testing/paypal-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { type Received, startListener } from '@/sandbox/paypal/testing';
import { cancelSubscription, convergeBilling, getSubscription, listInvoices } from '../..';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const payPal = usePayPalWorld(world);
const DAY_MS = 86_400_000;
let ctx: Ctx;

type Headers = Received['headers'];

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
      [eventIdOf({ body, headers })],
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

  it.each([
    ['https://evil.example', ''],
    ['http://169.254.169.254', ''],
    ['https://api.paypal.com.evil.example', ''],
    ['https://api.paypal.com@evil.example', ''],
    ['http://127.0.0.1@evil.example', ''],
    ['http://someone@127.0.0.1', ''],
    ['http://127.0.0.1', '?to=evil'],
    ['file:///etc', ''],
    ['no address', ''],
  ])('refuses a certificate at %s%s, and asks nobody for it', async (host, tail) => {
    const { body, headers } = await one();
    const name = String(headers['paypal-cert-url']).split('/').at(-1);
    const asked = vi.spyOn(globalThis, 'fetch');
    const address = `${host}/v1/notifications/certs/${name}${tail}`;
    await expect(receive(body, { ...headers, 'paypal-cert-url': address })).rejects.toMatchObject({
      code: 'webhook_refused',
    });
    const addresses = asked.mock.calls.map(([to]) => (to instanceof Request ? to.url : `${to}`));
    expect(addresses.filter((to) => to.includes('/certs/'))).toEqual([]);
    asked.mockRestore();
    expect(await receive(body, headers)).toEqual({ duplicate: false });
  });

  it('refuses what is older than PayPal repeats it, and what comes from the future', async () => {
    const { body, headers } = await one();
    const after = (days: number) => {
      const now = new Date(Date.now() + days * DAY_MS);
      return receive(body, headers, { ...webhookCaller, clock: { now: () => now } });
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
    await runJob(ctx, 'billing.receive', {
      provider: 'paypal',
      eventId: eventIdOf(event as Received),
    });
    const { rows } = await world.admin.query<{ outcome: string }>(
      `SELECT outcome FROM webhook_inbox WHERE provider = 'paypal' AND event_id = $1`,
      [eventIdOf(event as Received)],
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
        for (const index of order) await deliver(ctx, told[index] as Received);
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
  for (const each of await payPal.told()) await deliver(ctx, each);
  expect((await getSubscription(ctx, made.id)).status).toBe('trialing');
});
