import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import recorded from '@/sandbox/schemas/generated/recorded-shapes.json';
import { generateSchemas } from '@/sandbox/schemas/generate';
import { ALLOWED } from '@/sandbox/schemas/shape-allowances';
import { type Shapes, shapesOf } from '@/sandbox/schemas/shapes';
import { findings } from '@/sandbox/schemas/validate';
import { catalogue, customerWithCard, failure, useSandbox } from '@/sandbox/testing';

const { stripe, seen } = useSandbox();

test('the committed schemas are what the installed SDK says', () => {
  for (const [name, text] of Object.entries(generateSchemas()))
    expect(
      readFileSync(path.join(import.meta.dirname, 'generated', name), 'utf8') === text,
      `run sandbox/schemas/generate.ts: ${name} is out of date`,
    ).toBe(true);
}, 180_000);

test('a wrong answer or event is found', async () => {
  const customer = await stripe().customers.create({});
  const answer = {
    status: 200,
    headers: {},
    route: 'POST /v1/customers',
    body: JSON.stringify({ ...customer, balance: 'none', colour: 'red', email: undefined }),
  };
  const request = { method: 'POST', url: new URL('http://a/'), headers: {}, body: '' };
  const found = findings([{ request, answer }]).join('\n');
  for (const part of ['balance must be number', 'colour', "required property 'email'"])
    expect(found).toContain(part);
  const event = {
    id: 'evt',
    object: 'event' as const,
    api_version: '',
    created: 1,
    livemode: false,
    pending_webhooks: 0,
    request: null,
    type: 'customer.created',
    data: { object: { object: 'customer' } },
  };
  expect(findings([{ event }]).length).toBeGreaterThan(5);
  expect(findings([{ event: { ...event, type: 'customer.renamed' } }])).toEqual([
    'event customer.renamed: not in the generated schemas',
  ]);
});

/** Touches every kind of object that the recordings hold. */
async function scenario() {
  const { monthly, product } = await catalogue(stripe());
  const { customer } = await customerWithCard(stripe(), 'pm_card_visa', {
    name: 'Shape',
    email: 'shape@example.com',
  });
  const coupon = await stripe().coupons.create({
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
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
    discounts: [{ coupon: coupon.id }],
    expand,
  });
  const dear = await stripe().prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 9_900,
    recurring: { interval: 'month' },
  });
  const id = sub.items.data[0]?.id ?? '';
  await stripe().subscriptions.update(sub.id, {
    items: [{ id, price: dear.id }],
    proration_behavior: 'always_invoice',
    expand,
  });
  await stripe().invoiceItems.list({ customer: customer.id });
  await stripe().subscriptions.update(sub.id, {
    cancel_at_period_end: true,
    pause_collection: { behavior: 'void' },
  });
  await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
    trial_period_days: 14,
    expand,
  });
  const intent = await stripe().paymentIntents.create({
    amount: 1_000,
    currency: 'usd',
    customer: customer.id,
    payment_method: 'pm_card_visa',
    confirm: true,
    expand: ['latest_charge'],
  });
  await stripe().refunds.create({ payment_intent: intent.id, amount: 100 });
  await stripe().charges.list({ customer: customer.id, expand: ['data.refunds'] });
  await failure(
    stripe().paymentIntents.create({
      amount: 1_000,
      currency: 'usd',
      customer: customer.id,
      payment_method: 'pm_card_visa_chargeDeclined',
      confirm: true,
    }),
  );
  const failed = (await stripe().paymentIntents.list({ customer: customer.id })).data[0];
  await stripe().paymentIntents.retrieve(failed?.id ?? '', { expand: ['latest_charge'] });
  await stripe().setupIntents.create({ customer: customer.id });
  const draft = await stripe().invoices.create({ customer: customer.id });
  await stripe().invoiceItems.create({
    customer: customer.id,
    invoice: draft.id,
    amount: 700,
    currency: 'usd',
    description: 'Extra',
  });
  await stripe().invoices.pay(draft.id, { expand: ['payments'] });
  await stripe().creditNotes.create({ invoice: draft.id, amount: 200, refund_amount: 200 });
  await stripe().subscriptions.cancel(sub.id, { expand });
  await stripe().customers.retrieve(customer.id);
}

function differences(ours: Shapes, theirs: Shapes): string[] {
  return Object.entries(theirs).flatMap(([kind, paths]) => {
    const mine = ours[kind];
    if (!mine) return [`${kind}: never given`];
    const absent = Object.keys(paths)
      .filter((at) => !(at in mine))
      .map((at) => `${kind} ${at}: absent here`);
    const extra = Object.keys(mine)
      .filter((at) => !(at in paths))
      .map((at) => `${kind} ${at}: not in the recordings`);
    const other = Object.entries(mine).flatMap(([at, types]) => {
      const recordedTypes = paths[at]?.split('|');
      const strange =
        recordedTypes &&
        types
          .split('|')
          .filter(
            (type) =>
              type !== 'null' &&
              recordedTypes.some((each) => each !== 'null') &&
              !recordedTypes.includes(type),
          );
      return strange?.length
        ? [`${kind} ${at}: ${strange.join()} here, ${recordedTypes?.join()} there`]
        : [];
    });
    return [...absent, ...extra, ...other];
  });
}

test('shapes agree with recorded exchanges of test mode, but for differences listed with a reason', async () => {
  await scenario();
  const answers = seen.flatMap((each) =>
    'answer' in each && each.answer.status === 200 ? [JSON.parse(each.answer.body) as unknown] : [],
  );
  const found = differences(shapesOf(answers), recorded as Shapes);
  expect(found.filter((each) => !ALLOWED.some(({ pattern }) => pattern.test(each)))).toEqual([]);
  // An allowance that excuses nothing is out of date.
  expect(
    ALLOWED.filter(({ pattern }) => !found.some((each) => pattern.test(each))).map(
      ({ pattern }) => pattern.source,
    ),
  ).toEqual([]);
});
