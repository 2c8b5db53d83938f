import type Stripe from 'stripe';
import { expect, test } from 'vitest';
import { catalogue, customerWithCard, failure, useSandbox } from '@/sandbox/testing';

const { get, stripe } = useSandbox();
const START = Date.UTC(2027, 0, 31) / 1000;
const DAY = 86_400;

/** A customer in a time of its own, that `to` moves. */
async function inClock(card = 'pm_card_visa') {
  const clock = await stripe().testHelpers.testClocks.create({ frozen_time: START });
  const { customer } = await customerWithCard(stripe(), card, { test_clock: clock.id });
  const to = (at: number) => stripe().testHelpers.testClocks.advance(clock.id, { frozen_time: at });
  return { customer, to };
}

const at = (...date: [number, number, number]) => Date.UTC(...date) / 1000;
const item = (sub: Stripe.Subscription) => sub.items.data[0] as Stripe.SubscriptionItem;
const invoices = async (subscription: string) =>
  (await stripe().invoices.list({ subscription, limit: 100 })).data;

test('a subscription is paid at once, renews month by month from its anchor, and tells it', async () => {
  const { monthly } = await catalogue(stripe());
  const { customer, to } = await inClock();
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
    expand: ['latest_invoice.payments'],
  });
  expect(sub).toMatchObject({ status: 'active', billing_cycle_anchor: START });
  const first = sub.latest_invoice as Stripe.Invoice;
  expect(first).toMatchObject({
    status: 'paid',
    total: 4_900,
    billing_reason: 'subscription_create',
    amount_remaining: 0,
  });
  expect(first.parent?.subscription_details?.subscription).toBe(sub.id);
  const paid = first.payments?.data[0]?.payment.payment_intent as string;
  expect(await stripe().paymentIntents.retrieve(paid, { expand: ['latest_charge'] })).toMatchObject(
    {
      status: 'succeeded',
      latest_charge: { amount: 4_900, paid: true },
    },
  );
  expect(item(sub).current_period_end).toBe(at(2027, 1, 28));

  await to(at(2027, 1, 28) + 1_800);
  const [draft] = await invoices(sub.id);
  expect(draft).toMatchObject({
    status: 'draft',
    billing_reason: 'subscription_cycle',
    automatically_finalizes_at: at(2027, 1, 28) + 3_600,
  });
  await to(at(2027, 1, 28) + 7_200);
  expect((await invoices(sub.id))[0]).toMatchObject({ status: 'paid', total: 4_900 });
  // The 31st comes back after February.
  expect(item(await stripe().subscriptions.retrieve(sub.id)).current_period_end).toBe(
    at(2027, 2, 31),
  );
  await to(at(2027, 5, 1));
  expect(await invoices(sub.id)).toHaveLength(5);
});

const setDunning = (body: object) =>
  fetch(`${get().url}/_sandbox/dunning`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('failed renewals go past due, are retried on days 3, 5 and 7, and end the subscription', async () => {
  await setDunning({ then: 'cancel' });
  const { monthly } = await catalogue(stripe());
  const { customer, to } = await inClock();
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
  });
  const bad = await stripe().paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer: customer.id,
  });
  await stripe().customers.update(customer.id, {
    invoice_settings: { default_payment_method: bad.id },
  });
  const due = at(2027, 1, 28) + 3_600;
  await to(due + 60);
  expect((await stripe().subscriptions.retrieve(sub.id)).status).toBe('past_due');
  expect((await invoices(sub.id))[0]).toMatchObject({
    status: 'open',
    attempt_count: 1,
    next_payment_attempt: due + 3 * DAY,
  });
  await to(due + 9 * DAY);
  expect((await invoices(sub.id))[0]).toMatchObject({ attempt_count: 3 });
  await to(due + 16 * DAY);
  expect(await stripe().subscriptions.retrieve(sub.id)).toMatchObject({
    status: 'canceled',
    cancellation_details: { reason: 'payment_failed' },
  });
  expect(await stripe().customers.retrieve(customer.id)).toMatchObject({ delinquent: true });
});

test('a new card on a past-due invoice makes the subscription active again', async () => {
  const { monthly } = await catalogue(stripe());
  const { customer, to } = await inClock();
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
  });
  const bad = await stripe().paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer: customer.id,
  });
  await stripe().subscriptions.update(sub.id, { default_payment_method: bad.id });
  await to(at(2027, 1, 28) + 7_200);
  const [open] = await invoices(sub.id);
  const declined = await failure(stripe().invoices.pay(open?.id ?? ''));
  expect(declined).toMatchObject({
    statusCode: 402,
    code: 'card_declined',
    type: 'StripeCardError',
  });
  const good = await stripe().paymentMethods.attach('pm_card_mastercard', {
    customer: customer.id,
  });
  await stripe().invoices.pay(open?.id ?? '', { payment_method: good.id });
  expect((await stripe().subscriptions.retrieve(sub.id)).status).toBe('active');
});

test.each([
  ['unpaid', 'unpaid'],
  ['past_due', 'past_due'],
])('the account may leave it %s instead', async (then, status) => {
  await setDunning({ then, retry_days: [1] });
  const { monthly } = await catalogue(stripe());
  const { customer, to } = await inClock();
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
  });
  const bad = await stripe().paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer: customer.id,
  });
  await stripe().subscriptions.update(sub.id, { default_payment_method: bad.id });
  await to(at(2027, 1, 28) + 3 * DAY);
  expect((await stripe().subscriptions.retrieve(sub.id)).status).toBe(status);
  await setDunning({ then: 'unpaid', retry_days: [3, 5, 7] });
});

test('while unpaid, renewals stay drafts; paying what is open brings it back and keeps the new card', async () => {
  const { monthly } = await catalogue(stripe());
  const { customer, to } = await inClock();
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
    payment_settings: { save_default_payment_method: 'on_subscription' },
  });
  const bad = await stripe().paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer: customer.id,
  });
  await stripe().subscriptions.update(sub.id, { default_payment_method: bad.id });
  await to(at(2027, 3, 20));
  expect((await stripe().subscriptions.retrieve(sub.id)).status).toBe('unpaid');
  const made = await invoices(sub.id);
  expect(made.map(({ status }) => status)).toEqual(['draft', 'open', 'paid']);
  const good = await stripe().paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await stripe().invoices.pay(made[1]?.id ?? '', { payment_method: good.id });
  expect(await stripe().subscriptions.retrieve(sub.id)).toMatchObject({
    status: 'active',
    default_payment_method: good.id,
  });
});

test('a trial warns three days ahead and then charges; without a card it pauses or cancels as asked', async () => {
  const { monthly } = await catalogue(stripe());
  const { customer, to } = await inClock();
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
    trial_period_days: 14,
  });
  expect(sub).toMatchObject({ status: 'trialing', trial_end: START + 14 * DAY });
  await to(START + 12 * DAY);
  const warned = await stripe().events.list({
    type: 'customer.subscription.trial_will_end',
    limit: 100,
  });
  expect(warned.data.map((event) => (event.data.object as Stripe.Subscription).id)).toContain(
    sub.id,
  );
  await to(START + 14 * DAY + 7_200);
  expect((await stripe().subscriptions.retrieve(sub.id)).status).toBe('active');
  expect((await invoices(sub.id)).map((invoice) => invoice.total)).toEqual([4_900, 0]);

  const clock = await stripe().testHelpers.testClocks.create({ frozen_time: START });
  const poor = await stripe().customers.create({ test_clock: clock.id });
  const make = (missing_payment_method: 'pause' | 'cancel') =>
    stripe().subscriptions.create({
      customer: poor.id,
      items: [{ price: monthly.id }],
      trial_period_days: 5,
      trial_settings: { end_behavior: { missing_payment_method } },
    });
  const [paused, canceled] = [await make('pause'), await make('cancel')];
  await stripe().testHelpers.testClocks.advance(clock.id, { frozen_time: START + 6 * DAY });
  expect((await stripe().subscriptions.retrieve(paused.id)).status).toBe('paused');
  expect((await stripe().subscriptions.retrieve(canceled.id)).status).toBe('canceled');
});

test('an upgrade prorates to the second; the preview says the same cents and changes nothing', async () => {
  const { monthly, product } = await catalogue(stripe(), 3_000);
  const better = await stripe().prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 9_000,
    recurring: { interval: 'month' },
  });
  const { customer, to } = await inClock();
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
  });
  await to(START + 14 * DAY);
  const items = [{ id: item(sub).id, price: better.id }];
  const preview = await stripe().invoices.createPreview({
    subscription: sub.id,
    subscription_details: { items, proration_behavior: 'always_invoice' },
  });
  // Half of the 28 days are left: −1,500 + 4,500.
  expect(preview.lines.data.map((line) => line.amount)).toEqual([-1_500, 4_500]);
  expect((await stripe().subscriptions.retrieve(sub.id)).items.data[0]?.price.id).toBe(monthly.id);
  const later = await stripe().invoices.createPreview({
    subscription: sub.id,
    subscription_details: { items },
  });
  expect(later.lines.data.map((line) => line.amount).sort((a, b) => a - b)).toEqual([
    -1_500, 4_500, 9_000,
  ]);
  await stripe().subscriptions.update(sub.id, { items, proration_behavior: 'always_invoice' });
  expect((await invoices(sub.id))[0]).toMatchObject({
    total: preview.total,
    status: 'paid',
    billing_reason: 'subscription_update',
  });
});

test('a change of interval starts a new period and bills it at once; a downgrade leaves credit', async () => {
  const { monthly, yearly } = await catalogue(stripe());
  const { customer, to } = await inClock();
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: yearly.id }],
  });
  await to(START + 30 * DAY);
  const changed = await stripe().subscriptions.update(sub.id, {
    items: [{ id: item(sub).id, price: monthly.id }],
  });
  expect(changed.billing_cycle_anchor).toBe(START + 30 * DAY);
  const [invoice] = await invoices(sub.id);
  expect(invoice).toMatchObject({ status: 'paid', amount_due: 0 });
  expect(invoice?.total).toBeLessThan(0);
  expect(await stripe().customers.retrieve(customer.id)).toMatchObject({ balance: invoice?.total });
  const records = await stripe().customers.listBalanceTransactions(customer.id);
  expect(records.data[0]).toMatchObject({ type: 'applied_to_invoice', invoice: invoice?.id });
});

test('cancelling at the period end keeps it until then; it can be taken back', async () => {
  const { monthly } = await catalogue(stripe());
  const { customer, to } = await inClock();
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
  });
  const ending = await stripe().subscriptions.update(sub.id, { cancel_at_period_end: true });
  expect(ending).toMatchObject({
    status: 'active',
    cancel_at: item(sub).current_period_end,
    cancel_at_period_end: true,
  });
  expect(
    await stripe().subscriptions.update(sub.id, { cancel_at_period_end: false }),
  ).toMatchObject({ cancel_at: null, canceled_at: null });
  await stripe().subscriptions.update(sub.id, { cancel_at_period_end: true });
  await to(at(2027, 2, 2));
  expect(await stripe().subscriptions.retrieve(sub.id)).toMatchObject({
    status: 'canceled',
    ended_at: at(2027, 1, 28),
  });
  expect(await invoices(sub.id)).toHaveLength(1);
  expect(
    await failure(stripe().subscriptions.update(sub.id, { items: [{ price: monthly.id }] })),
  ).toMatchObject({ code: 'invalid_canceled_subscription_fields' });
});

test('coupons: percent once, amount repeating, a promotion code used up', async () => {
  const { monthly } = await catalogue(stripe());
  const { customer, to } = await inClock();
  const half = await stripe().coupons.create({ percent_off: 50, duration: 'once' });
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
    discounts: [{ coupon: half.id }],
  });
  expect((await invoices(sub.id))[0]).toMatchObject({ subtotal: 4_900, total: 2_450 });
  await to(at(2027, 1, 28) + 7_200);
  expect((await invoices(sub.id))[0]).toMatchObject({ total: 4_900 });
  const five = await stripe().coupons.create({
    amount_off: 500,
    currency: 'usd',
    duration: 'forever',
    max_redemptions: 1,
  });
  const code = await stripe().promotionCodes.create({
    promotion: { type: 'coupon', coupon: five.id },
    code: 'SAVE5',
  });
  const other = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
    discounts: [{ promotion_code: code.id }],
  });
  expect((await invoices(other.id))[0]).toMatchObject({ total: 4_400 });
  expect(
    await failure(
      stripe().subscriptions.create({
        customer: customer.id,
        items: [{ price: monthly.id }],
        discounts: [{ promotion_code: code.id }],
      }),
    ),
  ).toMatchObject({ code: 'coupon_expired' });
});

test('metered prices bill in arrears what the meter summed', async () => {
  const meter = await stripe().billing.meters.create({
    display_name: 'Calls',
    event_name: `calls_${Math.random()}`,
    default_aggregation: { formula: 'sum' },
  });
  const { product, monthly } = await catalogue(stripe());
  const { customer, to } = await inClock();
  const metered = await stripe().prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 2,
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
  });
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }, { price: metered.id }],
  });
  const report = (value: string, identifier: string) =>
    stripe().billing.meterEvents.create({
      event_name: meter.event_name,
      identifier,
      payload: { stripe_customer_id: customer.id, value },
    });
  await report('30', `${sub.id}-1`);
  await report('12', `${sub.id}-2`);
  expect(await failure(report('12', `${sub.id}-2`))).toMatchObject({
    code: 'duplicate_meter_event',
  });
  const summary = await stripe().billing.meters.listEventSummaries(meter.id, {
    customer: customer.id,
    start_time: START,
    end_time: START + DAY,
  });
  expect(summary.data[0]?.aggregated_value).toBe(42);
  await to(at(2027, 1, 28) + 7_200);
  expect((await invoices(sub.id))[0]).toMatchObject({ total: 4_900 + 84 });
});

test('a schedule brings another price with the next period and then lets go', async () => {
  const { monthly, product } = await catalogue(stripe());
  const cheaper = await stripe().prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 1_000,
    recurring: { interval: 'month' },
  });
  const { customer, to } = await inClock();
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
  });
  const schedule = await stripe().subscriptionSchedules.create({ from_subscription: sub.id });
  const [phase] = schedule.phases;
  await stripe().subscriptionSchedules.update(schedule.id, {
    end_behavior: 'release',
    phases: [
      {
        items: [{ price: monthly.id, quantity: 1 }],
        start_date: phase?.start_date ?? 0,
        end_date: phase?.end_date ?? 0,
      },
      {
        items: [{ price: cheaper.id, quantity: 1 }],
        duration: { interval: 'month', interval_count: 1 },
      },
    ],
  });
  await to(at(2027, 1, 28) + 7_200);
  expect((await invoices(sub.id)).map((invoice) => invoice.total)).toEqual([1_000, 4_900]);
  await to(at(2027, 3, 2));
  expect(await stripe().subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
    status: 'released',
    released_subscription: sub.id,
  });
  expect((await stripe().subscriptions.retrieve(sub.id)).schedule).toBeNull();
});

test('paused collection voids the renewals until it resumes', async () => {
  const { monthly } = await catalogue(stripe());
  const { customer, to } = await inClock();
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
  });
  await stripe().subscriptions.update(sub.id, {
    pause_collection: { behavior: 'void', resumes_at: at(2027, 2, 15) },
  });
  await to(at(2027, 2, 20));
  expect((await invoices(sub.id))[0]).toMatchObject({ status: 'void' });
  expect((await stripe().subscriptions.retrieve(sub.id)).pause_collection).toBeNull();
});
