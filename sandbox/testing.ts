import { randomUUID } from 'node:crypto';
import http from 'node:http';
import Stripe from 'stripe';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '@/sandbox/index';
import { findings, type Seen } from '@/sandbox/schemas/validate';

/** A sandbox for one test file; every answer and event it gives is checked against the SDK's types at the end. */
export function useSandbox(options: Partial<SandboxOptions> = {}): {
  get: () => Sandbox;
  stripe: () => Stripe;
  seen: Seen[];
} {
  const seen: Seen[] = [];
  let sandbox: Sandbox | undefined;
  const get = () => {
    if (!sandbox) throw new Error('The sandbox has not started');
    return sandbox;
  };
  beforeAll(async () => {
    sandbox = await startSandbox({
      port: 0,
      smtpPort: 0,
      observe: (each) => seen.push(each),
      ...options,
    });
  });
  afterAll(async () => {
    await sandbox?.close();
    expect(seen.length).toBeGreaterThan(0);
    expect(findings(seen)).toEqual([]);
    // Compiling the schemas takes seconds on a busy machine.
  }, 120_000);
  return { get, stripe: () => clientOf(get()), seen };
}

export function clientOf(
  sandbox: Sandbox,
  config: Partial<Stripe.StripeConfig> = {},
  key = 'sk_test_local',
): Stripe {
  return new Stripe(key, {
    host: '127.0.0.1',
    port: sandbox.port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
    ...config,
  });
}

/** The error of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const error = await call.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error instanceof Stripe.errors.StripeError) return error;
  throw new Error(`Expected Stripe's error, got ${String(error)}`);
}

export const SECRET = 'whsec_test_secret';

/** A webhook receiver: verifies each delivery and answers with what `status` says. */
export async function startReceiver(status: () => number = () => 200) {
  const received: Stripe.Event[] = [];
  const stripe = new Stripe('sk_test_local');
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      const answer = status();
      try {
        const event = stripe.webhooks.constructEvent(
          body,
          request.headers['stripe-signature'] ?? '',
          SECRET,
        );
        if (answer < 300) received.push(event);
        response.writeHead(answer).end();
      } catch {
        response.writeHead(400).end('bad signature');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

export type Form = Record<string, string>;
export const GOOD_CARD: Form = {
  email: 'ada@example.com',
  cardNumber: '4242 4242 4242 4242',
  cardExpiry: '12 / 40',
  cardCvc: '123',
  billingName: 'Ada Lovelace',
};

/** Posts a form as a browser does, without following the redirect. */
export function post(url: string, form: Form): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
}

/** A product with a monthly and a yearly price, in cents. */
export async function catalogue(stripe: Stripe, monthly = 4_900, yearly = 49_000) {
  const product = await stripe.products.create({
    name: `Professional ${randomUUID().slice(0, 8)}`,
  });
  const price = (unit_amount: number, interval: 'month' | 'year') =>
    stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount,
      recurring: { interval },
    });
  return { product, monthly: await price(monthly, 'month'), yearly: await price(yearly, 'year') };
}

/** A customer with a saved card that is charged by default. */
export async function customerWithCard(
  stripe: Stripe,
  card = 'pm_card_visa',
  extra: Stripe.CustomerCreateParams = {},
) {
  const customer = await stripe.customers.create({
    email: `${randomUUID()}@example.com`,
    name: 'Ada Lovelace',
    ...extra,
  });
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: method.id },
  });
  return { customer, method };
}
