import { expect, test } from 'vitest';
import { catalogue, GOOD_CARD, post, useSandbox } from '@/sandbox/testing';

const { get, stripe } = useSandbox();

async function open(extra: object = {}) {
  const { monthly } = await catalogue(stripe());
  return stripe().checkout.sessions.create({
    mode: 'subscription',
    success_url: 'http://acme.localhost:8080/done?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://acme.localhost:8080/billing',
    line_items: [{ price: monthly.id, quantity: 1 }],
    subscription_data: { metadata: { tenant: 't1' } },
    ...extra,
  });
}

test('a good card starts an active, paid subscription and leads back with the session id', async () => {
  const session = await open({ client_reference_id: 'tenant-1' });
  expect(session).toMatchObject({
    status: 'open',
    payment_status: 'unpaid',
    amount_total: 4_900,
    subscription: null,
  });
  const answer = await post(session.url ?? '', GOOD_CARD);
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(
    `http://acme.localhost:8080/done?session=${session.id}`,
  );
  const done = await stripe().checkout.sessions.retrieve(session.id, {
    expand: ['subscription', 'customer', 'line_items'],
  });
  expect(done).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    client_reference_id: 'tenant-1',
  });
  expect(done.subscription).toMatchObject({ status: 'active', metadata: { tenant: 't1' } });
  expect(done.customer).toMatchObject({ email: 'ada@example.com' });
  expect(done.line_items?.data).toHaveLength(1);
});

test('a declined card shows the reason, leaves nothing behind, and another card still works', async () => {
  const session = await open();
  const before = (await stripe().events.list({ limit: 100 })).data.length;
  const declined = await post(session.url ?? '', { ...GOOD_CARD, cardNumber: '4000000000000002' });
  expect(declined.status).toBe(402);
  const text = await declined.text();
  expect(text).toContain('Your card was declined.');
  expect(text).not.toContain('value="123"');
  expect((await stripe().events.list({ limit: 100 })).data).toHaveLength(before);
  expect((await stripe().checkout.sessions.retrieve(session.id)).status).toBe('open');
  expect((await post(session.url ?? '', GOOD_CARD)).status).toBe(303);
});

test.each([
  ['4000000000009995', 'Your card has insufficient funds.'],
  ['4000000000000127', 'Your card&#39;s security code is incorrect.'],
  ['4000000000000069', 'Your card has expired.'],
  ['4000000000000341', 'Your card was declined.'],
  ['4242424242424241', 'Your card number is incorrect.'],
  ['4111111111111111', 'used a non test card'],
])('card %s is refused: %s', async (cardNumber, message) => {
  const session = await open();
  const answer = await post(session.url ?? '', { ...GOOD_CARD, cardNumber });
  expect(answer.status).toBe(402);
  expect(await answer.text()).toContain(message);
});

test('a second click changes nothing', async () => {
  const session = await open();
  const answers = await Promise.all([
    post(session.url ?? '', GOOD_CARD),
    post(session.url ?? '', GOOD_CARD),
  ]);
  expect(answers.map((answer) => answer.status)).toEqual([303, 303]);
  const done = await stripe().checkout.sessions.retrieve(session.id);
  const subs = await stripe().subscriptions.list({ customer: done.customer as string });
  expect(subs.data).toHaveLength(1);
});

test.each(['4000000000003220', '4000002500003155'])(
  'card %s asks for 3-D Secure; failing it lets the person retry',
  async (cardNumber) => {
    const session = await open();
    const asked = await post(session.url ?? '', { ...GOOD_CARD, cardNumber });
    expect(asked.headers.get('location')).toBe(`/checkout/${session.id}/challenge`);
    const challenge = `${get().url}/checkout/${session.id}/challenge`;
    expect(await (await post(challenge, { answer: 'fail' })).text()).toContain(
      'unable to authenticate',
    );
    expect((await stripe().checkout.sessions.retrieve(session.id)).status).toBe('open');
    await post(session.url ?? '', { ...GOOD_CARD, cardNumber });
    expect((await post(challenge, { answer: 'complete' })).status).toBe(303);
    expect(await stripe().checkout.sessions.retrieve(session.id)).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
    });
  },
);

test('a trial takes the card and charges nothing', async () => {
  const session = await open({ subscription_data: { trial_period_days: 14 } });
  await post(session.url ?? '', GOOD_CARD);
  const done = await stripe().checkout.sessions.retrieve(session.id, {
    expand: ['subscription.latest_invoice'],
  });
  expect(done.payment_status).toBe('no_payment_required');
  expect(done.subscription).toMatchObject({
    status: 'trialing',
    latest_invoice: { total: 0, status: 'paid' },
  });
});

test('mode setup attaches the card to the customer', async () => {
  const customer = await stripe().customers.create({ email: 'set@example.com' });
  const session = await stripe().checkout.sessions.create({
    mode: 'setup',
    customer: customer.id,
    success_url: 'http://localhost/ok',
    currency: 'usd',
  });
  await post(session.url ?? '', GOOD_CARD);
  const done = await stripe().checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] });
  expect(done.setup_intent).toMatchObject({ status: 'succeeded', customer: customer.id });
  expect((await stripe().paymentMethods.list({ customer: customer.id })).data).toHaveLength(1);
});

test('an expired session takes no card', async () => {
  const session = await open();
  expect(await stripe().checkout.sessions.expire(session.id)).toMatchObject({
    status: 'expired',
    url: null,
  });
  expect((await post(session.url ?? '', GOOD_CARD)).status).toBe(410);
});
