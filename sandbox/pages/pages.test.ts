import { expect, test } from 'vitest';
import { catalogue, customerWithCard, GOOD_CARD, post, useSandbox } from '@/sandbox/testing';

const { get, stripe } = useSandbox();
const text = async (url: string) => (await fetch(url)).text();

async function portal(configuration?: string) {
  const { monthly } = await catalogue(stripe());
  const { customer } = await customerWithCard(stripe());
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
  });
  const session = await stripe().billingPortal.sessions.create({
    customer: customer.id,
    return_url: 'http://acme.localhost:8080/billing',
    ...(configuration ? { configuration } : {}),
  });
  return { customer, sub, url: session.url };
}

test('the portal changes the card everywhere and shows the invoices', async () => {
  const { customer, sub, url } = await portal();
  const page = await text(url);
  expect(page).toContain('•••• 4242');
  expect(page).toContain('$49.00');
  expect((await post(`${url}/card`, { ...GOOD_CARD, cardNumber: '4000000000000002' })).status).toBe(
    402,
  );
  expect((await post(`${url}/card`, { ...GOOD_CARD, cardNumber: '5555555555554444' })).status).toBe(
    303,
  );
  const after = await stripe().subscriptions.retrieve(sub.id, {
    expand: ['default_payment_method', 'customer'],
  });
  expect(after.default_payment_method).toMatchObject({
    card: { last4: '4444' },
    customer: customer.id,
  });
  expect(await text(url)).toContain('•••• 4444');
});

test('a card that asks for 3-D Secure is saved in the portal only when it is answered', async () => {
  const { sub, url } = await portal();
  const asked = await post(`${url}/card`, { ...GOOD_CARD, cardNumber: '4000000000003220' });
  const challenge = get().url + (asked.headers.get('location') ?? '');
  expect(await (await post(challenge, { answer: 'fail' })).text()).toContain(
    'unable to authenticate',
  );
  expect((await stripe().subscriptions.retrieve(sub.id)).default_payment_method).toBeNull();
  expect((await post(challenge, { answer: 'complete' })).headers.get('location')).toMatch(
    /saved=1$/,
  );
  expect((await stripe().subscriptions.retrieve(sub.id)).default_payment_method).not.toBeNull();
});

test('the portal cancels at the end of the period and takes it back, for its own customer only', async () => {
  const { sub, url } = await portal();
  const stranger = await portal();
  expect((await post(`${stranger.url}/subscriptions/${sub.id}`, { do: 'cancel' })).status).toBe(
    404,
  );
  await post(`${url}/subscriptions/${sub.id}`, { do: 'cancel' });
  expect((await stripe().subscriptions.retrieve(sub.id)).cancel_at_period_end).toBe(true);
  expect(await text(url)).toContain('Keep subscription');
  await post(`${url}/subscriptions/${sub.id}`, { do: 'keep' });
  expect((await stripe().subscriptions.retrieve(sub.id)).cancel_at_period_end).toBe(false);
});

test('a configuration takes features away', async () => {
  const configuration = await stripe().billingPortal.configurations.create({
    features: { invoice_history: { enabled: true } },
  });
  const { sub, url } = await portal(configuration.id);
  const page = await text(url);
  expect(page).toContain('Invoices');
  expect(page).not.toContain('id="cardNumber"');
  expect((await post(`${url}/subscriptions/${sub.id}`, { do: 'cancel' })).status).toBe(403);
});

test('an open invoice is paid on its page, after a decline', async () => {
  const customer = await stripe().customers.create({ email: 'pay@example.com' });
  const draft = await stripe().invoices.create({
    customer: customer.id,
    collection_method: 'send_invoice',
    days_until_due: 7,
  });
  await stripe().invoiceItems.create({
    customer: customer.id,
    invoice: draft.id,
    amount: 2_500,
    currency: 'usd',
    description: 'Set-up',
  });
  const { hosted_invoice_url: url } = await stripe().invoices.finalizeInvoice(draft.id);
  expect(await text(url ?? '')).toContain('Pay $25.00');
  const declined = await post(url ?? '', { ...GOOD_CARD, cardNumber: '4000000000000341' });
  expect(await declined.text()).toContain('Your card was declined.');
  expect((await post(url ?? '', GOOD_CARD)).status).toBe(303);
  expect(await stripe().invoices.retrieve(draft.id)).toMatchObject({
    status: 'paid',
    amount_paid: 2_500,
  });
});

test('unknown and expired addresses say what happened', async () => {
  for (const [path, status] of [
    ['/checkout/cs_test_none', 404],
    ['/billing/bps_none', 410],
    ['/invoice/in_none', 404],
    ['/challenge/pi_none', 410],
    ['/nowhere', 404],
  ] as const) {
    const answer = await fetch(get().url + path);
    expect([path, answer.status]).toEqual([path, status]);
    expect(await answer.text()).toContain('<h1>');
  }
});

test('pages send their own origin along with forms, under a policy that names style and script by hash', async () => {
  const { headers } = await fetch(get().url);
  // `no-referrer` would make browsers send `Origin: null`, which is refused as foreign.
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'sha256-/);
});

test('the overview lists what happened', async () => {
  const { customer } = await portal();
  const page = await text(get().url);
  expect(page).toContain(customer.id);
  expect(page).toContain('Events and webhook deliveries');
});

test("the sandbox's own clock moves forward only and brings renewals with it", async () => {
  const { sub } = await portal();
  const put = (offset_seconds: unknown) =>
    fetch(`${get().url}/_sandbox/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ offset_seconds }),
    });
  expect((await put('soon')).status).toBe(400);
  expect((await put(32 * 86_400)).status).toBe(200);
  expect((await put(0)).status).toBe(400);
  const invoices = await stripe().invoices.list({ subscription: sub.id });
  expect(invoices.data.map((invoice) => invoice.billing_reason)).toEqual([
    'subscription_cycle',
    'subscription_create',
  ]);
  expect(invoices.data[0]?.status).toBe('paid');
});
