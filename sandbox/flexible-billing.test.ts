import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import {
  catalogue,
  customerWithCard,
  failure,
  GOOD_CARD,
  post,
  useSandbox,
} from '@/sandbox/testing';

const { stripe } = useSandbox();
const START = Date.UTC(2027, 2, 1) / 1000;
const DAY = 86_400;
/** 15 of the 31 days of March are left. */
const LATE = START + 16 * DAY;

async function inClock() {
  const clock = await stripe().testHelpers.testClocks.create({ frozen_time: START });
  const { customer } = await customerWithCard(stripe(), 'pm_card_visa', { test_clock: clock.id });
  const to = (at: number) => stripe().testHelpers.testClocks.advance(clock.id, { frozen_time: at });
  const subscribe = (params: Partial<Stripe.SubscriptionCreateParams>) =>
    stripe().subscriptions.create({ customer: customer.id, ...params });
  return { customer, to, subscribe };
}

const itemised = {
  billing_mode: { type: 'flexible', flexible: { proration_discounts: 'itemized' } },
} as const;

const itemOf = (sub: Stripe.Subscription) => sub.items.data[0] as Stripe.SubscriptionItem;
const invoices = async (subscription: string) =>
  (await stripe().invoices.list({ subscription, limit: 100 })).data;
const latest = async (subscription: string) => (await invoices(subscription))[0] as Stripe.Invoice;
const amounts = (invoice: Stripe.Invoice) =>
  invoice.lines.data.map((line) => [
    line.amount,
    (line.discount_amounts ?? []).reduce((sum, each) => sum + each.amount, 0),
  ]);

const upgrade = (sub: Stripe.Subscription, price: string) =>
  stripe().subscriptions.update(sub.id, {
    items: [{ id: itemOf(sub).id, price }],
    proration_behavior: 'always_invoice',
  });

describe('prorations', () => {
  test('a credit gives back what was paid, not a share of the price; charges show their discount', async () => {
    const { monthly: cheap } = await catalogue(stripe(), 3_100);
    const { monthly: dear } = await catalogue(stripe(), 6_200);
    const half = await stripe().coupons.create({
      percent_off: 50,
      duration: 'repeating',
      duration_in_months: 2,
    });
    const { to, subscribe } = await inClock();
    const sub = await subscribe({
      items: [{ price: cheap.id }],
      discounts: [{ coupon: half.id }],
      ...itemised,
    });
    expect(sub.billing_mode.flexible).toEqual({ proration_discounts: 'itemized' });
    await to(LATE);
    // The coupon goes before the change: what was paid with it stays what was paid.
    await stripe().subscriptions.update(sub.id, { discounts: '' });
    await upgrade(sub, dear.id);
    expect(amounts(await latest(sub.id))).toEqual([
      [-750, 0],
      [3_000, 0],
    ]);
    await stripe().subscriptions.update(sub.id, { discounts: [{ coupon: half.id }] });
    await to(LATE + 5 * DAY);
    await upgrade(sub, cheap.id);
    // Only what the last change billed is given back: ten of its fifteen days.
    expect(amounts(await latest(sub.id))).toEqual([
      [-2_000, 0],
      [1_000, 500],
    ]);
  });

  test('without itemising, the amount has the percentage off already', async () => {
    const { monthly: cheap } = await catalogue(stripe(), 3_100);
    const { monthly: dear } = await catalogue(stripe(), 6_200);
    const half = await stripe().coupons.create({ percent_off: 50, duration: 'forever' });
    const { to, subscribe } = await inClock();
    const sub = await subscribe({ items: [{ price: cheap.id }], discounts: [{ coupon: half.id }] });
    await to(LATE);
    await upgrade(sub, dear.id);
    expect(amounts(await latest(sub.id))).toEqual([
      [-750, 0],
      [1_500, 0],
    ]);
  });

  test('a change that leaves no line makes no invoice, and what is pending goes on waiting', async () => {
    const { monthly } = await catalogue(stripe());
    const { customer, to, subscribe } = await inClock();
    const sub = await subscribe({ items: [{ price: monthly.id }] });
    await stripe().invoiceItems.create({
      customer: customer.id,
      subscription: sub.id,
      amount: 700,
      currency: 'usd',
      discountable: false,
    });
    await upgrade(sub, monthly.id);
    expect(await invoices(sub.id)).toHaveLength(1);
    await to(Date.UTC(2027, 3, 1) / 1000 + 7_200);
    expect(amounts(await latest(sub.id))).toEqual([
      [700, 0],
      [4_900, 0],
    ]);
  });

  test('classic billing is left out, and says so', async () => {
    const { monthly } = await catalogue(stripe());
    const { subscribe } = await inClock();
    const classic = subscribe({
      items: [{ price: monthly.id }],
      billing_mode: { type: 'classic' },
    });
    expect(await failure(classic)).toMatchObject({ statusCode: 501, param: 'billing_mode[type]' });
  });
});

test('a coupon for once outlives a free trial and is used up by the first paid invoice', async () => {
  const { monthly } = await catalogue(stripe());
  const once = await stripe().coupons.create({ percent_off: 10, duration: 'once' });
  const { to, subscribe } = await inClock();
  const sub = await subscribe({
    items: [{ price: monthly.id }],
    trial_period_days: 10,
    discounts: [{ coupon: once.id }],
  });
  await to(START + 60 * DAY);
  expect((await invoices(sub.id)).map(({ total }) => total)).toEqual([4_900, 4_410, 0]);
});

describe('pause and resume', () => {
  test('unused time waits as credit, nothing renews, and a new period begins with its invoice', async () => {
    const { monthly } = await catalogue(stripe(), 3_100);
    const { customer, to, subscribe } = await inClock();
    const sub = await subscribe({ items: [{ price: monthly.id }] });
    await to(LATE);
    const paused = await stripe().subscriptions.pause(sub.id);
    expect(paused).toMatchObject({
      status: 'paused',
      status_details: {
        paused: { subscription: { type: 'pause_requested' }, transitioned_at: LATE },
      },
    });
    const pending = await stripe().invoiceItems.list({ customer: customer.id, pending: true });
    expect(pending.data.map(({ amount }) => amount)).toEqual([-1_500]);
    expect(await failure(stripe().subscriptions.pause(sub.id))).toMatchObject({ statusCode: 400 });
    await to(LATE + 100 * DAY);
    expect(await invoices(sub.id)).toHaveLength(1);
    const preview = await stripe().invoices.createPreview({
      subscription: sub.id,
      subscription_details: { resume_at: 'now' },
    });
    const resumed = await stripe().subscriptions.resume(sub.id);
    expect(resumed).toMatchObject({ status: 'active', billing_cycle_anchor: LATE + 100 * DAY });
    expect(resumed.status_details).toBeUndefined();
    const invoice = await latest(sub.id);
    expect(invoice).toMatchObject({ status: 'paid', total: 1_600 });
    expect(preview.total).toBe(invoice.total);
    expect(amounts(invoice).map(([amount]) => amount)).toEqual([-1_500, 3_100]);
  });

  test('without credit for unused time when asked; invoiced at once when asked', async () => {
    const { monthly } = await catalogue(stripe(), 3_100);
    const { customer, to, subscribe } = await inClock();
    const [first, second] = [
      await subscribe({ items: [{ price: monthly.id }] }),
      await subscribe({ items: [{ price: monthly.id }] }),
    ];
    await to(LATE);
    await stripe().subscriptions.pause(first.id, {
      bill_for: { unused_time_from: { type: 'none' } },
    });
    await stripe().subscriptions.pause(second.id, { invoicing_behavior: 'invoice' });
    expect(await invoices(first.id)).toHaveLength(1);
    expect(await latest(second.id)).toMatchObject({ total: -1_500, status: 'paid' });
    expect(await stripe().customers.retrieve(customer.id)).toMatchObject({ balance: -1_500 });
  });

  test('what is not done says so; what can not be is refused', async () => {
    const { monthly } = await catalogue(stripe());
    const { subscribe } = await inClock();
    const sub = await subscribe({ items: [{ price: monthly.id }] });
    const pause = (p: Stripe.SubscriptionPauseParams) =>
      failure(stripe().subscriptions.pause(sub.id, p));
    expect(
      await pause({ bill_for: { unused_time_from: { type: 'item_current_period_start' } } }),
    ).toMatchObject({ statusCode: 501, param: 'bill_for[unused_time_from][type]' });
    expect(await failure(stripe().subscriptions.resume(sub.id))).toMatchObject({ statusCode: 400 });
    await stripe().subscriptionSchedules.create({ from_subscription: sub.id });
    expect((await pause({})).message).toContain('subscription schedule');
    const other = await subscribe({ items: [{ price: monthly.id }] });
    await stripe().subscriptions.pause(other.id);
    const resume = (p: Stripe.SubscriptionResumeParams) =>
      failure(stripe().subscriptions.resume(other.id, p));
    expect(await resume({ billing_cycle_anchor: { type: 'unchanged' } })).toMatchObject({
      statusCode: 501,
    });
    expect(await resume({ payment_behavior: 'resume_on_payment_success' })).toMatchObject({
      statusCode: 501,
    });
  });
});

describe('the end', () => {
  test.each([
    ['now, when asked', (id: string) => stripe().subscriptions.cancel(id, { invoice_now: true })],
    [
      'at the period’s end',
      (id: string) => stripe().subscriptions.update(id, { cancel_at_period_end: true }),
    ],
  ])('invoices what is pending %s', async (_, end) => {
    const { monthly } = await catalogue(stripe());
    const { customer, to, subscribe } = await inClock();
    const sub = await subscribe({ items: [{ price: monthly.id }] });
    const { id: customerId } = customer;
    await stripe().invoiceItems.create({
      customer: customerId,
      subscription: sub.id,
      amount: 250,
      currency: 'usd',
    });
    await end(sub.id);
    await to(START + 40 * DAY);
    expect((await stripe().subscriptions.retrieve(sub.id)).status).toBe('canceled');
    expect(await latest(sub.id)).toMatchObject({ total: 250, status: 'paid' });
    expect(await invoices(sub.id)).toHaveLength(2);
  });

  test('now gives unused time back when asked, and leaves what is pending when not', async () => {
    const { monthly } = await catalogue(stripe(), 3_100);
    const { to, subscribe } = await inClock();
    const sub = await subscribe({ items: [{ price: monthly.id }] });
    await to(LATE);
    await stripe().subscriptions.cancel(sub.id, { prorate: true });
    expect(await invoices(sub.id)).toHaveLength(1);
    const pending = await stripe().invoiceItems.list({ pending: true, limit: 1 });
    expect(pending.data[0]?.amount).toBe(-1_500);
  });
});

describe('schedules', () => {
  test('another interval at the period’s end: one invoice of the new items, and the boundary is the anchor', async () => {
    const { monthly, yearly } = await catalogue(stripe());
    const { to, subscribe } = await inClock();
    const sub = await subscribe({ items: [{ price: monthly.id }] });
    const schedule = await stripe().subscriptionSchedules.create({ from_subscription: sub.id });
    const [phase] = schedule.phases;
    if (!phase) throw new Error('no phase');
    const { start_date, end_date } = phase;
    await stripe().subscriptionSchedules.update(schedule.id, {
      phases: [
        { start_date, end_date, items: [{ price: monthly.id }] },
        { items: [{ price: yearly.id }], proration_behavior: 'none' },
      ],
    });
    expect(
      await failure(stripe().subscriptions.update(sub.id, { cancel_at_period_end: true })),
    ).toMatchObject({ statusCode: 400, param: 'cancel_at_period_end' });
    await to(end_date + 7_200);
    expect((await invoices(sub.id)).map(({ total }) => total)).toEqual([49_000, 4_900]);
    const after = await stripe().subscriptions.retrieve(sub.id);
    expect(after.billing_cycle_anchor).toBe(end_date);
    expect(itemOf(after).current_period_end).toBe(Date.UTC(2028, 3, 1) / 1000);
    await stripe().subscriptions.cancel(sub.id);
    expect((await stripe().subscriptionSchedules.retrieve(schedule.id)).status).toBe('canceled');
  });
});

describe('tax rates', () => {
  const rate = (percentage: number) =>
    stripe().taxRates.create({ display_name: 'VAT', inclusive: false, percentage });

  test('come on top, rounded once an invoice, negative where it gives back', async () => {
    const { monthly: a } = await catalogue(stripe(), 103);
    const { monthly: b } = await catalogue(stripe(), 103);
    const tax = await rate(7.5);
    const { customer, to, subscribe } = await inClock();
    const sub = await subscribe({
      items: [{ price: a.id }, { price: b.id }],
      default_tax_rates: [tax.id],
    });
    const first = await latest(sub.id);
    // 206 × 7.5 % is 15.45; each line alone would be 7.725, rounded to 8.
    expect(first).toMatchObject({ subtotal: 206, total_excluding_tax: 206, total: 221 });
    expect(first.lines.data.map((line) => line.taxes?.[0]?.amount)).toEqual([8, 7]);
    expect(first.default_tax_rates).toMatchObject([{ id: tax.id, percentage: 7.5 }]);
    await to(LATE);
    await stripe().subscriptions.pause(sub.id, { invoicing_behavior: 'invoice' });
    expect(await latest(sub.id)).toMatchObject({ subtotal: -100, total: -108 });
    expect(await stripe().customers.retrieve(customer.id)).toMatchObject({ balance: -108 });
  });

  test('are not charged to the exempt, and can be taken off', async () => {
    const { monthly } = await catalogue(stripe(), 1_000);
    const tax = await rate(20);
    const { customer, to, subscribe } = await inClock();
    await stripe().customers.update(customer.id, { tax_exempt: 'reverse' });
    const sub = await subscribe({ items: [{ price: monthly.id }], default_tax_rates: [tax.id] });
    expect(await latest(sub.id)).toMatchObject({
      total: 1_000,
      total_taxes: [{ amount: 0, taxability_reason: 'reverse_charge' }],
    });
    await stripe().subscriptions.update(sub.id, { default_tax_rates: '' });
    await to(START + 32 * DAY);
    expect((await latest(sub.id)).total_taxes).toEqual([]);
  });

  test('a checkout shows them beforehand, and charges what it showed', async () => {
    const { monthly } = await catalogue(stripe(), 999);
    const tax = await rate(8.25);
    const third = await stripe().coupons.create({ percent_off: 33.33, duration: 'once' });
    const session = await stripe().checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: monthly.id, quantity: 3 }],
      discounts: [{ coupon: third.id }],
      subscription_data: { default_tax_rates: [tax.id], ...itemised },
      success_url: 'http://localhost:1/done',
    });
    expect(session).toMatchObject({
      amount_subtotal: 2_997,
      amount_total: 2_163,
      total_details: { amount_discount: 999, amount_tax: 165 },
    });
    await post(session.url ?? '', GOOD_CARD);
    const done = await stripe().checkout.sessions.retrieve(session.id, {
      expand: ['subscription'],
    });
    const sub = done.subscription as Stripe.Subscription;
    expect(sub.billing_mode.flexible?.proration_discounts).toBe('itemized');
    expect(await latest(sub.id)).toMatchObject({ status: 'paid', total: 2_163 });
  });

  test('unknown, retired, included and impossible ones are refused', async () => {
    const { monthly } = await catalogue(stripe());
    const { subscribe } = await inClock();
    const { id } = await rate(19);
    await stripe().taxRates.update(id, { active: false });
    const withRate = (one: string) =>
      failure(subscribe({ items: [{ price: monthly.id }], default_tax_rates: [one] }));
    expect(await withRate(id)).toMatchObject({ statusCode: 400, param: 'default_tax_rates[0]' });
    expect(await withRate('txr_none')).toMatchObject({ code: 'resource_missing' });
    expect(await failure(rate(101))).toMatchObject({ param: 'percentage' });
    const included = stripe().taxRates.create({
      display_name: 'VAT',
      inclusive: true,
      percentage: 19,
    });
    expect(await failure(included)).toMatchObject({ statusCode: 501, param: 'inclusive' });
  });
});
