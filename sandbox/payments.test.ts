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

async function paidCharge(card: string) {
  const { monthly } = await catalogue(stripe());
  const { customer, to } = await inClock(card);
  await stripe().subscriptions.create({ customer: customer.id, items: [{ price: monthly.id }] });
  const [charge] = (await stripe().charges.list({ customer: customer.id })).data;
  if (!charge) throw new Error('a paid subscription has a charge');
  const again = () => stripe().charges.retrieve(charge.id);
  return { charge, again, to };
}
const disputeOf = async (charge: string) => (await stripe().disputes.list({ charge })).data[0];
const told = async (type: string) => (await stripe().events.list({ type })).data[0]?.data.object;

test('a payment that the cardholder disputes can’t be refunded until it is won', async () => {
  const { charge } = await paidCharge('pm_card_createDispute');
  expect(charge).toMatchObject({ paid: true, disputed: true });
  const dispute = await disputeOf(charge.id);
  expect(dispute).toMatchObject({
    amount: charge.amount,
    reason: 'fraudulent',
    status: 'needs_response',
    is_charge_refundable: false,
  });
  expect(await told('charge.dispute.created')).toMatchObject({ id: dispute?.id });
  expect(await failure(stripe().refunds.create({ charge: charge.id }))).toMatchObject({
    code: 'charge_disputed',
  });
  await stripe().disputes.update(dispute?.id ?? '', {
    evidence: { uncategorized_text: 'winning_evidence' },
  });
  expect(await told('charge.dispute.closed')).toMatchObject({ id: dispute?.id, status: 'won' });
  expect(await failure(stripe().disputes.close(dispute?.id ?? ''))).toBeDefined();
  expect(await stripe().refunds.create({ charge: charge.id })).toMatchObject({
    status: 'succeeded',
  });
});

test('a dispute is lost by evidence that loses, or by giving up; an inquiry is closed', async () => {
  const lost = await disputeOf((await paidCharge('pm_card_createDispute')).charge.id);
  const evidence = { uncategorized_text: 'losing_evidence' };
  expect(await stripe().disputes.update(lost?.id ?? '', { evidence })).toMatchObject({
    status: 'lost',
    evidence_details: { has_evidence: true, submission_count: 1 },
  });
  const kept = await disputeOf((await paidCharge('pm_card_createDispute')).charge.id);
  await stripe().disputes.update(kept?.id ?? '', { evidence, submit: false });
  expect(await stripe().disputes.close(kept?.id ?? '')).toMatchObject({ status: 'lost' });
  const { charge } = await paidCharge('pm_card_createDisputeInquiry');
  const inquiry = await disputeOf(charge.id);
  expect(inquiry).toMatchObject({ status: 'warning_needs_response', is_charge_refundable: true });
  await stripe().refunds.create({ charge: charge.id, amount: 100 });
  expect(await stripe().disputes.close(inquiry?.id ?? '')).toMatchObject({
    status: 'warning_closed',
  });
});

test('refunds to cards that are for that arrive later, or come back', async () => {
  const pending = await paidCharge('pm_card_pendingRefund');
  const first = await stripe().refunds.create({ charge: pending.charge.id, amount: 500 });
  expect(first.status).toBe('pending');
  await pending.to(START + 3_600);
  expect((await stripe().refunds.retrieve(first.id)).status).toBe('succeeded');
  const failing = await paidCharge('pm_card_refundFail');
  const second = await stripe().refunds.create({ charge: failing.charge.id });
  expect(second.status).toBe('succeeded');
  expect(await failing.again()).toMatchObject({ refunded: true });
  await failing.to(START + 3_600);
  expect(await stripe().refunds.retrieve(second.id)).toMatchObject({
    status: 'failed',
    failure_reason: 'expired_or_canceled_card',
  });
  expect(await failing.again()).toMatchObject({ refunded: false, amount_refunded: 0 });
  expect(await told('refund.failed')).toMatchObject({ id: second.id });
});

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
