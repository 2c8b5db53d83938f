import { afterAll, beforeAll } from 'vitest';
import { createSubscription, refreshCheckout, type SubscriptionDto } from '@/lib/domains/billing';
import { jobs } from '@/lib/domains/billing/jobs';
import { receiveWebhook } from '@/lib/domains/billing/receive-webhook';
import { createSubscriptionInput } from '@/lib/domains/billing/schemas';
import { env } from '@/lib/infra/env';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx, RequestInfo } from '@/lib/kernel/ctx';
import { PayPalClient, type Received, startListener } from '@/sandbox/paypal/testing';
import type { useBillingWorld } from './billing-world';

type BillingWorld = ReturnType<typeof useBillingWorld>;

type PayPalWorld = {
  /** A client of the sandbox's own, past whatever trouble a test makes. */
  client: PayPalClient;
  /** Everything PayPal has told since the last call, as it arrived. */
  told: () => Promise<Received[]>;
  /** Does something at PayPal of which the merchant isn't asked; below `/_sandbox/paypal/`. */
  happen: (method: 'PUT' | 'POST', path: string, body?: object) => Promise<{ id: string }>;
};

const DAY_MS = 86_400_000;

/** PayPal beside the payment sandbox, set up in this process. Call it after `useBillingWorld()`. */
export function usePayPalWorld(world: BillingWorld): PayPalWorld {
  const made = {} as PayPalWorld;
  let listener: Awaited<ReturnType<typeof startListener>>;
  beforeAll(async () => {
    listener = await startListener();
    made.client = await PayPalClient.of(world.sandbox);
    const webhook = await made.client.post('/v1/notifications/webhooks', {
      url: listener.url,
      event_types: [{ name: '*' }],
    });
    process.env.PAYPAL_CLIENT_ID = 'sandbox_test';
    process.env.PAYPAL_CLIENT_SECRET = 'sandbox_test';
    process.env.PAYPAL_WEBHOOK_ID = String(webhook.body['id']);
    process.env.PAYPAL_API_BASE = `${process.env.STRIPE_API_BASE}/paypal/`;
    if (!env().paypal) throw new Error('the settings were read before PayPal was set up');
    made.happen = async (method, path, body = {}) => {
      const answer = await fetch(`${world.sandbox.url}/_sandbox/paypal/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as { id: string };
    };
    made.told = async () => {
      await world.sandbox.deliverPending();
      return listener.received.splice(0);
    };
  });
  afterAll(() => listener.close());
  return made;
}

/** Asks for Professional by PayPal; `trialDays` 0 is paid from today. */
export const askByPayPal = (
  ctx: Ctx,
  trialDays = 0,
  billingCycle: 'monthly' | 'annual' = 'monthly',
): Promise<SubscriptionDto> =>
  createSubscription(
    ctx,
    createSubscriptionInput.parse({
      plan_id: 'professional',
      billing_cycle: billingCycle,
      trial_days: trialDays,
      gateway: 'paypal',
    }),
  );

/** Presses a button of PayPal's page; gives where the browser is sent back to. */
export async function answerPage(
  payPal: PayPalWorld,
  url: string | null,
  answer: 'approve' | 'decline' = 'approve',
  funding = 'pays',
): Promise<string> {
  const response = await payPal.client.answer(url ?? '', answer, funding);
  return response.headers.get('location') ?? '';
}

/** Sells Professional by PayPal, agreed to and paid today. */
export async function subscribeByPayPal(payPal: PayPalWorld, ctx: Ctx): Promise<SubscriptionDto> {
  const made = await askByPayPal(ctx);
  await answerPage(payPal, made.checkout_url);
  return (await refreshCheckout(ctx)) ?? made;
}

/** The same person so many days later. */
export function later(ctx: Ctx, days: number): Ctx {
  const { clock } = ctx;
  return { ...ctx, clock: { now: () => new Date(clock.now().getTime() + days * DAY_MS) } };
}

/** Who a delivery comes from: nobody that is known. */
export const webhookCaller: RequestInfo = {
  requestId: 'req_hook',
  clock: systemClock,
  ip: null,
  userAgent: null,
};

/** Hands over a delivery as the route does. */
export const receive = (
  body: string,
  headers: Received['headers'],
  at = webhookCaller,
): Promise<{ duplicate: boolean }> =>
  receiveWebhook(at, 'paypal', body, (name) => {
    const value = headers[name];
    return typeof value === 'string' ? value : null;
  });

export const eventIdOf = ({ body }: Received) => (JSON.parse(body) as { id: string }).id;

/** Runs a job of billing as the worker does, for a tenant or for none. */
export async function runJob(ctx: Ctx, name: string, payload: object): Promise<void> {
  const job = jobs.find((each) => each.contract.name === name);
  const run = { attempt: 1, maxAttempts: 8, signal: new AbortController().signal };
  const { tenantId, clock } = ctx;
  const info = { ...webhookCaller, clock };
  const actor = { kind: 'job', name } as const;
  await job?.run(
    job.contract.scope === 'tenant' ? { ...info, tenantId, actor } : info,
    payload,
    run,
  );
}

/** Delivers as PayPal does, and does what the queued jobs would do. */
export async function deliver(ctx: Ctx, received: Received): Promise<void> {
  const { duplicate } = await receive(received.body, received.headers);
  if (duplicate) return;
  await runJob(ctx, 'billing.receive', { provider: 'paypal', eventId: eventIdOf(received) });
  await runJob(ctx, 'billing.converge', { tenantId: ctx.tenantId, toldBy: 'paypal' });
}
