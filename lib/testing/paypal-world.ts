import { afterAll, beforeAll } from 'vitest';
import { createSubscription, refreshCheckout, type SubscriptionDto } from '@/lib/domains/billing';
import { createSubscriptionInput } from '@/lib/domains/billing/schemas';
import { env } from '@/lib/infra/env';
import type { Ctx } from '@/lib/kernel/ctx';
import { PayPalClient, type Received, startListener } from '@/sandbox/paypal/testing';
import type { useBillingWorld } from './billing-world';

type BillingWorld = ReturnType<typeof useBillingWorld>;

type PayPalWorld = {
  /** A client of the sandbox's own, past whatever trouble a test makes. */
  client: PayPalClient;
  /** Everything PayPal has told since the last call, as it arrived. */
  told: () => Promise<Received[]>;
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
