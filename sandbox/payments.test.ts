import { expect, test } from 'vitest';
import { catalogue, customerWithCard, failure, useSandbox } from '@/sandbox/testing';

const { stripe } = useSandbox();
const START = Date.UTC(2027, 0, 31) / 1000;
const DAY = 86_400;

/** A customer in a time of its own, that `to` moves. */
async function inClock(card = 'pm_card_visa') {
  const clock = await stripe().testHelpers.testClocks.create({ frozen_time: START });
  const { customer } = await customerWithCard(stripe(), card, { test_clock: clock.id });
  const to = (at: number) => stripe().testHelpers.testClocks.advance(clock.id, { frozen_time: at });
  return { customer, to };
}

test('refunds and credit notes give back no more than was paid', async () => {
  const { monthly } = await catalogue(stripe());
  const { customer } = await inClock();
  const sub = await stripe().subscriptions.create({
    customer: customer.id,
    items: [{ price: monthly.id }],
  });
  const payment = (await stripe().invoicePayments.list({ invoice: sub.latest_invoice as string }))
    .data[0];
  const intent = payment?.payment.payment_intent as string;
  await stripe().refunds.create({
    payment_intent: intent,
    amount: 900,
    reason: 'requested_by_customer',
  });
  expect(
    await failure(stripe().refunds.create({ payment_intent: intent, amount: 4_001 })),
  ).toMatchObject({ param: 'amount' });
  const note = await stripe().creditNotes.create({
    invoice: sub.latest_invoice as string,
    amount: 1_000,
    credit_amount: 400,
    refund_amount: 600,
  });
  expect(note).toMatchObject({ status: 'issued', post_payment_amount: 1_000 });
  expect(await stripe().customers.retrieve(customer.id)).toMatchObject({ balance: -400 });
  expect((await stripe().charges.list({ customer: customer.id })).data[0]).toMatchObject({
    amount_refunded: 1_500,
    refunded: false,
  });
  expect(
    await failure(
      stripe().creditNotes.create({ invoice: sub.latest_invoice as string, amount: 4_000 }),
    ),
  ).toMatchObject({ param: 'amount' });
});

test('manual invoices: items, finalise, send, pay from outside, void', async () => {
  const { customer } = await inClock();
  const draft = await stripe().invoices.create({
    customer: customer.id,
    collection_method: 'send_invoice',
    days_until_due: 30,
    currency: 'usd',
  });
  const added = await stripe().invoiceItems.create({
    customer: customer.id,
    invoice: draft.id,
    amount: 12_000,
    currency: 'usd',
    description: 'Onboarding',
  });
  await stripe().invoiceItems.update(added.id, { amount: 15_000 });
  expect(await stripe().invoices.sendInvoice(draft.id)).toMatchObject({
    status: 'open',
    amount_due: 15_000,
    number: expect.stringMatching(/-0001$/) as string,
  });
  expect(await failure(stripe().invoiceItems.del(added.id))).toMatchObject({
    code: 'invoice_not_editable',
  });
  expect(await stripe().invoices.pay(draft.id, { paid_out_of_band: true })).toMatchObject({
    status: 'paid',
  });
  expect(await failure(stripe().invoices.pay(draft.id))).toMatchObject({
    code: 'invoice_already_paid',
  });
  await stripe().invoiceItems.create({ customer: customer.id, amount: 500, currency: 'usd' });
  const second = await stripe().invoices.create({
    customer: customer.id,
    pending_invoice_items_behavior: 'include',
  });
  await stripe().invoices.finalizeInvoice(second.id);
  expect(await stripe().invoices.voidInvoice(second.id)).toMatchObject({
    status: 'void',
    total: 500,
  });
});

test('an incomplete first payment keeps the subscription out until it is paid, and expires after 23 hours', async () => {
  const { monthly } = await catalogue(stripe());
  const { customer, to } = await inClock('pm_card_threeDSecure2Required');
  const make = () =>
    stripe().subscriptions.create({
      customer: customer.id,
      items: [{ price: monthly.id }],
      payment_behavior: 'default_incomplete',
      expand: ['latest_invoice.confirmation_secret'],
    });
  const [sub, other] = [await make(), await make()];
  expect(sub.status).toBe('incomplete');
  const [intent] = (await stripe().paymentIntents.list({ customer: customer.id })).data.slice(-1);
  const asked = await stripe().paymentIntents.confirm(intent?.id ?? '', {
    payment_method:
      (await stripe().paymentMethods.list({ customer: customer.id })).data[0]?.id ?? '',
    return_url: 'http://localhost/back',
  });
  expect(asked).toMatchObject({ status: 'requires_action' });
  const url = asked.next_action?.redirect_to_url?.url ?? '';
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ answer: 'complete' }),
    redirect: 'manual',
  });
  expect(answer.headers.get('location')).toContain('redirect_status=succeeded');
  const states = async () =>
    Promise.all(
      [sub, other].map(async (each) => (await stripe().subscriptions.retrieve(each.id)).status),
    );
  expect((await states()).sort()).toEqual(['active', 'incomplete']);
  await to(START + DAY);
  expect((await states()).sort()).toEqual(['active', 'incomplete_expired']);
});

test('no card, no subscription; error_if_incomplete leaves nothing behind', async () => {
  const { monthly } = await catalogue(stripe());
  const poor = await stripe().customers.create({});
  expect(
    await failure(
      stripe().subscriptions.create({ customer: poor.id, items: [{ price: monthly.id }] }),
    ),
  ).toMatchObject({ code: 'resource_missing' });
  const { customer } = await customerWithCard(stripe(), 'pm_card_chargeCustomerFail');
  expect(
    await failure(
      stripe().subscriptions.create({
        customer: customer.id,
        items: [{ price: monthly.id }],
        payment_behavior: 'error_if_incomplete',
      }),
    ),
  ).toMatchObject({ statusCode: 402 });
  expect(
    (await stripe().subscriptions.list({ customer: customer.id, status: 'all' })).data,
  ).toEqual([]);
  expect(
    await failure(stripe().paymentMethods.attach('pm_card_chargeDeclined', { customer: poor.id })),
  ).toMatchObject({ statusCode: 402, code: 'card_declined', decline_code: 'generic_decline' });
});
