import type Stripe from 'stripe';
import { catalogue, customerWithCard, failure } from '@/sandbox/testing';

/** Touches every kind of object that the recordings hold, and every refusal. */
export async function recordedKinds(stripe: Stripe): Promise<void> {
  const { customer } = await customerWithCard(stripe, 'pm_card_visa', {
    name: 'Shape',
    email: 'shape@example.com',
  });
  const end = await recordedSubscription(stripe, customer.id);
  await recordedPayments(stripe, customer.id);
  await end();
  await stripe.customers.retrieve(customer.id);
}

/** A subscription and its changes; answers what ends it. */
async function recordedSubscription(stripe: Stripe, customer: string) {
  const { monthly, product } = await catalogue(stripe);
  const coupon = await stripe.coupons.create({
    percent_off: 10,
    duration: 'repeating',
    duration_in_months: 3,
  });
  const expand = [
    'latest_invoice.payments',
    'latest_invoice.confirmation_secret',
    'discounts',
    'default_payment_method',
    'latest_invoice.total_discount_amounts.discount',
  ];
  const sub = await stripe.subscriptions.create({
    customer,
    items: [{ price: monthly.id }],
    discounts: [{ coupon: coupon.id }],
    expand,
  });
  const dear = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 9_900,
    recurring: { interval: 'month' },
  });
  const id = sub.items.data[0]?.id ?? '';
  await stripe.subscriptions.update(sub.id, {
    items: [{ id, price: dear.id }],
    proration_behavior: 'always_invoice',
    expand,
  });
  await stripe.invoiceItems.list({ customer });
  await stripe.subscriptions.update(sub.id, {
    cancel_at_period_end: true,
    pause_collection: { behavior: 'void' },
  });
  await stripe.subscriptions.create({
    customer,
    items: [{ price: monthly.id }],
    trial_period_days: 14,
    expand,
  });
  return () => stripe.subscriptions.cancel(sub.id, { expand });
}

async function recordedPayments(stripe: Stripe, customer: string): Promise<void> {
  const intent = await stripe.paymentIntents.create({
    amount: 1_000,
    currency: 'usd',
    customer,
    payment_method: 'pm_card_visa',
    confirm: true,
    expand: ['latest_charge'],
  });
  await stripe.refunds.create({ payment_intent: intent.id, amount: 100 });
  await stripe.charges.list({ customer, expand: ['data.refunds'] });
  await failure(
    stripe.paymentIntents.create({
      amount: 1_000,
      currency: 'usd',
      customer,
      payment_method: 'pm_card_visa_chargeDeclined',
      confirm: true,
    }),
  );
  const failed = (await stripe.paymentIntents.list({ customer })).data[0];
  await stripe.paymentIntents.retrieve(failed?.id ?? '', { expand: ['latest_charge'] });
  await stripe.setupIntents.create({ customer });
  const draft = await stripe.invoices.create({ customer });
  await stripe.invoiceItems.create({
    customer,
    invoice: draft.id,
    amount: 700,
    currency: 'usd',
    description: 'Extra',
  });
  await stripe.invoices.pay(draft.id, { expand: ['payments'] });
  await stripe.creditNotes.create({ invoice: draft.id, amount: 200, refund_amount: 200 });
}

/** The refusals that were recorded, provoked here. */
export async function recordedRefusals(stripe: Stripe, stranger: Stripe): Promise<void> {
  const { customer } = await customerWithCard(stripe);
  const poor = await stripe.customers.create({});
  const { monthly } = await catalogue(stripe);
  const pay = { customer: poor.id, items: [{ price: monthly.id }] };
  const refused: Promise<unknown>[] = [
    stripe.subscriptions.create(pay),
    stripe.subscriptions.create({ customer: customer.id, items: [{ price: 'invalid' }] }),
    stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer: poor.id }),
    stripe.paymentMethods.attach('invalid', { customer: poor.id }),
    stripe.paymentIntents.create({ amount: 0, currency: 'usd', customer: customer.id }),
    stranger.subscriptions.retrieve('sub_1234'),
  ];
  for (const call of refused) await failure(call);
}

/** What the product uses beyond the recordings: a tax, a coupon by code, a pause, a meter, a plan that follows. */
export async function laterKinds(stripe: Stripe): Promise<void> {
  const { product, monthly, yearly } = await catalogue(stripe);
  const { customer } = await customerWithCard(stripe);
  const vat = await stripe.taxRates.create({
    display_name: 'VAT',
    inclusive: false,
    percentage: 19,
    country: 'DE',
  });
  await stripe.taxRates.list({});
  const coupon = await stripe.coupons.create({
    amount_off: 500,
    currency: 'usd',
    duration: 'once',
  });
  const code = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
    code: `SHAPE${Date.now()}`,
  });
  const sub = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
    discounts: [{ promotion_code: code.id }],
    default_tax_rates: [vat.id],
    expand: ['latest_invoice', 'discounts'],
  });
  await stripe.invoiceItems.create({
    customer: customer.id,
    subscription: sub.id,
    amount: 300,
    currency: 'usd',
    description: 'Overage',
  });
  await stripe.invoices.createPreview({ subscription: sub.id });
  await stripe.invoices.create({ customer: customer.id, subscription: sub.id });
  await stripe.subscriptions.pause(sub.id, {
    type: 'subscription',
    bill_for: {
      unused_time_from: { type: 'now' },
      outstanding_usage_through: { type: 'none' },
    },
    invoicing_behavior: 'pending_invoice_item',
  });
  await stripe.subscriptions.resume(sub.id);
  await laterSchedule(stripe, sub.id, { now: monthly.id, then: yearly.id });
  await laterMeter(stripe, customer.id, product.id);
}

async function laterSchedule(
  stripe: Stripe,
  subscription: string,
  prices: { now: string; then: string },
): Promise<void> {
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription });
  const [phase] = schedule.phases;
  await stripe.subscriptionSchedules.update(schedule.id, {
    phases: [
      {
        items: [{ price: prices.now }],
        start_date: phase?.start_date ?? 'now',
        end_date: phase?.end_date ?? 'now',
      },
      { items: [{ price: prices.then }], duration: { interval: 'year', interval_count: 1 } },
    ],
  });
  await stripe.subscriptionSchedules.release(schedule.id);
}

async function laterMeter(stripe: Stripe, customer: string, product: string): Promise<void> {
  const meter = await stripe.billing.meters.create({
    display_name: 'Calls',
    event_name: `shape_${product}`,
    default_aggregation: { formula: 'last' },
  });
  const at = Math.floor(Date.now() / 1000);
  await stripe.billing.meterEvents.create({
    event_name: meter.event_name,
    payload: { stripe_customer_id: customer, value: '7' },
    timestamp: at - 60,
  });
  const day = 86_400;
  await stripe.billing.meters.listEventSummaries(meter.id, {
    customer,
    start_time: Math.floor(at / day) * day - day,
    end_time: Math.floor(at / day) * day + day,
  });
}
