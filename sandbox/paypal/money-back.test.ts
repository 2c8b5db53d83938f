import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '@/sandbox/index';
import { issueOf, type Loose, PayPalClient } from '@/sandbox/paypal/testing';

let sandbox: Sandbox;
let client: PayPalClient;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, smtpPort: 0 });
  client = await PayPalClient.of(sandbox);
});
afterAll(() => sandbox.close());

async function control(method: string, path: string, body: object) {
  const answer = await fetch(`${sandbox.url}/_sandbox/paypal/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as { id: string } };
}

/** The payment of a new subscription. */
async function payment(): Promise<string> {
  const id = await client.subscription(await client.plan(), { custom_id: 'ours' });
  const query = 'start_time=2020-01-01T00:00:00Z&end_time=2099-01-01T00:00:00Z';
  const { body } = await client.get(`/v1/billing/subscriptions/${id}/transactions?${query}`);
  const [first] = body['transactions'] as unknown as { id: string }[];
  return first?.id ?? '';
}

const refund = (id: string, value: string) =>
  client.post(`/v2/payments/captures/${id}/refund`, {
    amount: { value, currency_code: 'USD' },
    custom_id: 'refund-1',
  });

const told = async (type: string) =>
  (await client.get(`/v1/notifications/webhooks-events?event_type=${type}&page_size=20`)).body[
    'events'
  ] as unknown as { resource: Loose }[];

test('a refund from the seller’s bank account waits and is told once it is through', async () => {
  const id = await payment();
  await control('PUT', 'seller', { refunds_by_echeck: true });
  const waits = await refund(id, '10.00');
  expect(waits.body).toMatchObject({
    status: 'PENDING',
    status_details: { reason: 'ECHECK' },
    custom_id: 'refund-1',
  });
  expect(await told('PAYMENT.SALE.REFUNDED')).toEqual([]);
  const at = `refunds/${String(waits.body['id'])}`;
  expect((await control('PUT', at, { status: 'COMPLETED' })).status).toBe(200);
  expect((await client.get(`/v2/payments/${at}`)).body).toMatchObject({ status: 'COMPLETED' });
  expect(await told('PAYMENT.SALE.REFUNDED')).toMatchObject([{ resource: { sale_id: id } }]);
  // It is settled once.
  expect((await control('PUT', at, { status: 'FAILED' })).status).toBe(404);
});

test('a refund that fails leaves its money to be given back again', async () => {
  const id = await payment();
  await control('PUT', 'seller', { refunds_by_echeck: true });
  const waits = await refund(id, '49.00');
  expect(issueOf(await refund(id, '1.00'))).toMatch(/CAPTURE_FULLY_REFUNDED/);
  await control('PUT', `refunds/${String(waits.body['id'])}`, { status: 'FAILED' });
  expect((await client.get(`/v2/payments/captures/${id}`)).body).toMatchObject({
    status: 'COMPLETED',
  });
  expect((await refund(id, '49.00')).status).toBe(201);
});

test('a dispute is opened by its payer, moves, and is listed by its payment alone', async () => {
  const id = await payment();
  const { body } = await control('POST', `captures/${id}/dispute`, { stage: 'INQUIRY' });
  const at = `/v1/customer/disputes/${body.id}`;
  expect((await client.get(at)).body).toMatchObject({
    status: 'OPEN',
    dispute_life_cycle_stage: 'INQUIRY',
    disputed_transactions: [{ seller_transaction_id: id, custom: 'ours' }],
  });
  await control('PUT', `disputes/${body.id}`, {
    stage: 'CHARGEBACK',
    status: 'WAITING_FOR_SELLER_RESPONSE',
  });
  expect((await client.get(at)).body).toHaveProperty('seller_response_due_date');
  await control('PUT', `disputes/${body.id}`, { status: 'RESOLVED', outcome: 'ACCEPTED' });
  expect((await client.get(at)).body).toMatchObject({
    dispute_outcome: { outcome_code: 'ACCEPTED', amount_refunded: { value: '49.00' } },
  });
  for (const what of ['CREATED', 'UPDATED', 'RESOLVED']) {
    expect(await told(`CUSTOMER.DISPUTE.${what}`)).toHaveLength(1);
  }
  const listed = await client.get(`/v1/customer/disputes?disputed_transaction_id=${id}`);
  expect(listed.body).toMatchObject({ items: [{ dispute_id: body.id }] });
  expect((await client.get('/v1/customer/disputes')).status).toBe(501);
  expect((await client.get('/v1/customer/disputes/PP-D-NONE')).status).toBe(404);
});

test('a control of another shape or of nothing is refused', async () => {
  expect((await control('PUT', 'seller', { refunds_by_echeck: 'yes' })).status).toBe(400);
  expect((await control('POST', 'captures/NONE/dispute', {})).status).toBe(404);
});
