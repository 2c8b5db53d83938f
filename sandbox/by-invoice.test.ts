import { expect, test } from 'vitest';
import { failure, post, useSandbox, GOOD_CARD } from '@/sandbox/testing';

const { get, stripe } = useSandbox();
const DAY = 86_400;

async function price(currency = 'usd', interval: 'month' | 'year' = 'month') {
  return stripe().prices.create({
    currency,
    unit_amount: 120_000,
    recurring: { interval },
    product_data: { name: 'By agreement' },
  });
}

/** A customer in a clock of their own, so that days can pass. */
async function inClock() {
  const clock = await stripe().testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });
  const customer = await stripe().customers.create({
    test_clock: clock.id,
    email: 'ap@example.com',
  });
  const to = (days: number) =>
    stripe().testHelpers.testClocks.advance(clock.id, {
      frozen_time: 1_800_000_000 + days * DAY,
    });
  return { customer: customer.id, to };
}

async function subscribe(customer: string) {
  return stripe().subscriptions.create({
    customer,
    items: [{ price: (await price()).id }],
    collection_method: 'send_invoice',
    days_until_due: 14,
  });
}

const events = async (type: string, id: string) =>
  (await stripe().events.list({ type, limit: 100 })).data.filter(
    (event) => (event.data.object as { id?: string }).id === id,
  );
const statusOf = async (id: string) => (await stripe().subscriptions.retrieve(id)).status;
const invoiceOf = async (id: string) => {
  const { latest_invoice: latest } = await stripe().subscriptions.retrieve(id);
  return stripe().invoices.retrieve(latest as string);
};

test('begins active, drafts its first invoice and sends it an hour later', async () => {
  const { customer, to } = await inClock();
  const sub = await subscribe(customer);
  expect(sub).toMatchObject({ status: 'active', days_until_due: 14 });
  const draft = await invoiceOf(sub.id);
  expect(draft).toMatchObject({ status: 'draft', collection_method: 'send_invoice' });
  expect(draft.due_date).toBe(draft.created + 14 * DAY);
  await to(1);
  expect(await invoiceOf(sub.id)).toMatchObject({ status: 'open', next_payment_attempt: null });
  expect(await events('invoice.sent', draft.id)).toHaveLength(1);
});

test('is overdue after its due date alone, once, and active again when it is paid on its page', async () => {
  const { customer, to } = await inClock();
  const sub = await subscribe(customer);
  await to(1);
  const open = await invoiceOf(sub.id);
  const refused = await post(open.hosted_invoice_url ?? '', {
    ...GOOD_CARD,
    cardNumber: '4000 0000 0000 0002',
  });
  expect(refused.status).toBe(402);
  // A card that is refused on the page changes nothing before the due date.
  expect(await invoiceOf(sub.id)).toMatchObject({ next_payment_attempt: null });
  expect(await statusOf(sub.id)).toBe('active');
  await to(13);
  expect(await events('invoice.overdue', open.id)).toEqual([]);
  await to(15);
  await to(16);
  expect(await events('invoice.overdue', open.id)).toHaveLength(1);
  expect(await statusOf(sub.id)).toBe('past_due');
  expect((await post(open.hosted_invoice_url ?? '', GOOD_CARD)).status).toBe(303);
  expect(await statusOf(sub.id)).toBe('active');
  await to(20);
  expect(await statusOf(sub.id)).toBe('active');
});

test('comes to the end that the account chose after the further days', async () => {
  const { customer, to } = await inClock();
  const set = (body: object) =>
    fetch(`${get().url}/_sandbox/dunning`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await set({ overdue_days: 10 })).status).toBe(200);
  const sub = await subscribe(customer);
  await to(23);
  expect(await statusOf(sub.id)).toBe('past_due');
  await to(25);
  expect(await statusOf(sub.id)).toBe('unpaid');
  expect((await set({ overdue_days: 'soon' })).status).toBe(400);
});

test('changes how it is collected, with the days it needs and without those it doesn’t', async () => {
  const { customer } = await inClock();
  const sub = await subscribe(customer);
  const automatic = await stripe().subscriptions.update(sub.id, {
    collection_method: 'charge_automatically',
  });
  expect(automatic.days_until_due).toBeNull();
  expect(
    await failure(stripe().subscriptions.update(sub.id, { collection_method: 'send_invoice' })),
  ).toMatchObject({ param: 'days_until_due' });
  expect(
    await stripe().subscriptions.update(sub.id, {
      collection_method: 'send_invoice',
      days_until_due: 30,
    }),
  ).toMatchObject({ days_until_due: 30 });
});

test('changes how it is collected with a phase of its schedule', async () => {
  const { customer, to } = await inClock();
  const sub = await subscribe(customer);
  const schedule = await stripe().subscriptionSchedules.create({ from_subscription: sub.id });
  const [running] = schedule.phases;
  const next = await price();
  await stripe().subscriptionSchedules.update(schedule.id, {
    end_behavior: 'release',
    phases: [
      {
        items: running?.items.map((item) => ({ price: item.price as string })) ?? [],
        start_date: running?.start_date ?? 0,
        end_date: running?.end_date ?? 0,
      },
      { items: [{ price: next.id }], collection_method: 'charge_automatically' },
    ],
  });
  await to(32);
  expect(await stripe().subscriptions.retrieve(sub.id)).toMatchObject({
    collection_method: 'charge_automatically',
    days_until_due: null,
  });
});

test('bills a customer in one currency', async () => {
  const { customer } = await inClock();
  const sub = await subscribe(customer);
  const euros = await price('eur');
  const another = stripe().subscriptions.create({
    customer,
    items: [{ price: euros.id }],
    collection_method: 'send_invoice',
    days_until_due: 14,
  });
  expect((await failure(another)).message).toContain('cannot combine currencies');
  const [item] = sub.items.data;
  const changed = stripe().subscriptions.update(sub.id, {
    items: [{ id: item?.id ?? '', price: euros.id }],
  });
  expect((await failure(changed)).message).toContain('expected currency');
});
