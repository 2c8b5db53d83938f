import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '@/sandbox/index';
import { issueOf, linkOf, monthly, PayPalClient, tokenOf } from '@/sandbox/paypal/testing';

const DAY = 86_400;
const START = Date.UTC(2027, 0, 31) / 1000;
let sandbox: Sandbox;
let paypal: PayPalClient;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, smtpPort: 0 });
  paypal = await PayPalClient.of(sandbox);
});
afterAll(() => sandbox.close());

const AT = '/v1/billing/subscriptions';
const show = async (id: string) => (await paypal.get(`${AT}/${id}`)).body;
const payer = (id: string, pays: boolean) =>
  fetch(`${sandbox.url}/_sandbox/paypal/subscriptions/${id}/payer`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pays }),
  });
const paymentsOf = async (id: string) => {
  const path = `${AT}/${id}/transactions?start_time=2020-01-01T00:00:00Z&end_time=2099-01-01T00:00:00Z`;
  const { body } = await paypal.get(path);
  const rows = body['transactions'] as unknown as {
    id: string;
    status: string;
    amount_with_breakdown: { gross_amount: { value: string } };
  }[];
  return rows.map((row) => `${row.status} ${row.amount_with_breakdown.gross_amount.value}`);
};

/** One of Stripe's test clocks, in whose time a subscription can live too. */
async function testClock() {
  const { port } = sandbox;
  const stripe = new Stripe('sk_test_local', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    telemetry: false,
  });
  const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: START });
  const to = (at: number) => stripe.testHelpers.testClocks.advance(id, { frozen_time: at });
  return { headers: { 'sandbox-test-clock': id }, to };
}

describe('the way in', () => {
  test('credentials of this sandbox get a token, and others do not', async () => {
    expect(await tokenOf(sandbox)).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
    expect(await tokenOf(sandbox, 'AbCdEf', 'sandbox_x')).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(await tokenOf(sandbox, 'sandbox_a', 'sandbox_b', 'password')).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    });
    const bare = await paypal.call('GET', AT, undefined, { authorization: 'Bearer nothing' });
    expect(issueOf(bare)).toBe('401 AUTHENTICATION_FAILURE');
  });

  test('an endpoint that is left out is named, and never passed over', async () => {
    const answer = await paypal.get('/v1/reporting/balances');
    expect(answer.status).toBe(501);
    expect(String(answer.body['message'])).toContain('GET /v1/reporting/balances');
  });

  test('unknown, missing and malformed fields are refused by name', async () => {
    const product = (body: object) => paypal.post('/v1/catalogs/products', body);
    const good = { name: 'Pro', type: 'SERVICE' };
    expect(issueOf(await product({ ...good, colour: 'red' }))).toBe(
      '400 UNSUPPORTED_FIELD /colour',
    );
    expect(issueOf(await product({ type: 'SERVICE' }))).toBe(
      '400 MISSING_REQUIRED_PARAMETER /name',
    );
    expect(issueOf(await product({ ...good, type: 'x' }))).toBe(
      '400 INVALID_PARAMETER_SYNTAX /type',
    );
    const broken = await paypal.call('POST', '/v1/catalogs/products', '{');
    expect(issueOf(broken)).toBe('400 MALFORMED_REQUEST_JSON');
  });

  test('one PayPal-Request-Id has one effect; for another request it is refused', async () => {
    const send = (name: string) =>
      paypal.post(
        '/v1/catalogs/products',
        { name, type: 'SERVICE' },
        { 'paypal-request-id': 'once-1' },
      );
    const [first, again] = [await send('Pro'), await send('Pro')];
    expect(again).toEqual(first);
    expect(issueOf(await send('Other'))).toBe('400 DUPLICATE_REQUEST_ID');
  });

  test('it can do the thing and still answer 500; repeated, the first answer comes', async () => {
    const faults = (body: object) =>
      fetch(`${sandbox.url}/_sandbox/faults`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const count = async () =>
      Number((await paypal.get('/v1/catalogs/products')).body['total_items']);
    const send = () =>
      paypal.post(
        '/v1/catalogs/products',
        { name: 'Once', type: 'SERVICE' },
        { 'paypal-request-id': 'once-2' },
      );
    const before = await count();
    await faults({ fail_after: 1, path: '/paypal/v1/catalogs' });
    expect((await send()).status).toBe(500);
    expect(await send()).toMatchObject({ status: 201, body: { name: 'Once' } });
    expect(await count()).toBe(before + 1);
    await faults({});
  });
});

describe('plans', () => {
  test('are refused without a regular price, in two currencies, or of an unknown product', async () => {
    const product = await paypal.post('/v1/catalogs/products', { name: 'Pro', type: 'SERVICE' });
    const plan = (billing_cycles: object[], product_id = String(product.body['id'])) =>
      paypal.post('/v1/billing/plans', {
        product_id,
        name: 'Pro',
        billing_cycles,
        payment_preferences: {},
      });
    const trial = { ...monthly('1.00', 'EUR'), tenure_type: 'TRIAL', total_cycles: 1 };
    const second = { ...monthly('49.00'), sequence: 2 };
    const { pricing_scheme: _, ...unpriced } = monthly('1.00');
    expect(issueOf(await plan([unpriced]))).toBe('422 INVALID_PRICING /billing_cycles');
    expect(issueOf(await plan([trial, second]))).toBe('422 INVALID_PRICING /billing_cycles');
    expect(issueOf(await plan([second]))).toBe('422 INVALID_SEQUENCE /billing_cycles');
    expect(issueOf(await plan([monthly('1.00')], 'PROD-X'))).toBe('404 INVALID_RESOURCE_ID');
    expect(issueOf(await plan([monthly('1.234')]))).toContain('400 INVALID_PARAMETER_SYNTAX');
  });

  test('that are off sale can not be subscribed to', async () => {
    const plan = await paypal.plan();
    expect((await paypal.post(`/v1/billing/plans/${plan}/deactivate`)).status).toBe(204);
    const sub = await paypal.post(AT, { plan_id: plan });
    expect(issueOf(sub)).toBe('422 PLAN_STATUS_INVALID /plan_id');
    const again = await paypal.post(`/v1/billing/plans/${plan}/deactivate`);
    expect(issueOf(again)).toBe('422 PLAN_STATUS_INVALID');
  });
});

describe('subscriptions', () => {
  test('begin with the payer’s approval, are paid at once, and lead back to the merchant', async () => {
    const plan = await paypal.plan();
    const made = await paypal.post(AT, {
      plan_id: plan,
      custom_id: 'tenant-1',
      application_context: {
        brand_name: 'NeoZork',
        return_url: 'http://localhost:1/back?from=paypal',
        cancel_url: 'http://localhost:1/cancelled',
      },
    });
    expect(made).toMatchObject({ status: 201, body: { status: 'APPROVAL_PENDING' } });
    const id = String(made.body['id']);
    const page = await (await fetch(linkOf(made, 'approve'))).text();
    expect(page).toContain('Subscribe to NeoZork');
    expect(page).toContain('$49.00');
    const declined = await paypal.answer(linkOf(made, 'approve'), 'decline');
    expect(declined.headers.get('location')).toContain(
      'http://localhost:1/cancelled?subscription_id=',
    );
    expect((await show(id))['status']).toBe('APPROVAL_PENDING');
    const approved = await paypal.answer(linkOf(made, 'approve'), 'approve');
    const url = new URL(approved.headers.get('location') ?? '');
    expect(url.searchParams.get('from')).toBe('paypal');
    expect(url.searchParams.get('subscription_id')).toBe(id);
    expect(await show(id)).toMatchObject({
      status: 'ACTIVE',
      custom_id: 'tenant-1',
      billing_info: { last_payment: { amount: { value: '49.00' } }, failed_payments_count: 0 },
    });
    await paypal.answer(linkOf(made, 'approve'), 'approve');
    expect(await paymentsOf(id)).toEqual(['COMPLETED 49.00']);
  });

  test('wait for the merchant when the payer only continues', async () => {
    const context = { application_context: { user_action: 'CONTINUE' } };
    const id = await paypal.subscription(await paypal.plan(), context);
    expect((await show(id))['status']).toBe('APPROVED');
    expect((await paypal.post(`${AT}/${id}/activate`, { reason: 'Checked' })).status).toBe(204);
    expect(await paymentsOf(id)).toEqual(['COMPLETED 49.00']);
  });

  test('renew from their anchor in the time of a Stripe test clock, after a free trial', async () => {
    const trial = {
      frequency: { interval_unit: 'DAY', interval_count: 7 },
      tenure_type: 'TRIAL',
      sequence: 1,
      total_cycles: 2,
    };
    const plan = await paypal.plan('10.00', {
      billing_cycles: [trial, { ...monthly('10.00'), sequence: 2 }],
      taxes: { percentage: '7.5', inclusive: false },
    });
    const { headers, to } = await testClock();
    const id = await paypal.subscription(plan, {}, headers);
    await to(START + 13 * DAY);
    expect(await paymentsOf(id)).toEqual([]);
    await to(START + 75 * DAY);
    expect(await paymentsOf(id)).toEqual(['COMPLETED 10.75', 'COMPLETED 10.75', 'COMPLETED 10.75']);
    expect(await show(id)).toMatchObject({
      billing_info: { next_billing_time: '2027-05-14T00:00:00Z' },
    });
  });

  test('that can not be paid have a balance, are suspended, and come back when it is captured', async () => {
    const { headers, to } = await testClock();
    const id = await paypal.subscription(
      await paypal.plan('20.00', {
        payment_preferences: { auto_bill_outstanding: false, payment_failure_threshold: 2 },
      }),
      {},
      headers,
    );
    await payer(id, false);
    await to(START + 60 * DAY);
    expect(await show(id)).toMatchObject({
      status: 'SUSPENDED',
      billing_info: { outstanding_balance: { value: '40.00' }, failed_payments_count: 2 },
    });
    const capture = (value: string, currency_code = 'USD') =>
      paypal.post(`${AT}/${id}/capture`, {
        note: 'What is due',
        capture_type: 'OUTSTANDING_BALANCE',
        amount: { value, currency_code },
      });
    expect(await capture('40.00')).toMatchObject({ status: 202, body: { status: 'DECLINED' } });
    await payer(id, true);
    expect(issueOf(await capture('40.01'))).toContain(
      '422 AMOUNT_GREATER_THAN_OUTSTANDING_BALANCE',
    );
    expect(issueOf(await capture('1.00', 'EUR'))).toBe('422 CURRENCY_MISMATCH /amount');
    expect(await capture('40.00')).toMatchObject({ status: 202, body: { status: 'COMPLETED' } });
    await paypal.post(`${AT}/${id}/activate`, { reason: 'Paid' });
    await to(START + 90 * DAY);
    expect((await paymentsOf(id)).slice(-2)).toEqual(['COMPLETED 40.00', 'COMPLETED 20.00']);
  });

  test('take an invoice of the merchant’s own as outstanding balance', async () => {
    const id = await paypal.subscription(await paypal.plan());
    const set = (path: string, value: unknown) =>
      paypal.call('PATCH', `${AT}/${id}`, [{ op: 'replace', path, value }]);
    const due = { value: '12.34', currency_code: 'USD' };
    expect((await set('/billing_info/outstanding_balance', due)).status).toBe(204);
    await paypal.post(`${AT}/${id}/capture`, {
      note: 'Invoice 7',
      capture_type: 'OUTSTANDING_BALANCE',
      amount: due,
    });
    expect(await paymentsOf(id)).toEqual(['COMPLETED 49.00', 'COMPLETED 12.34']);
    expect((await set('/plan/taxes/percentage', '7')).status).toBe(501);
    const foreign = { value: '1.00', currency_code: 'EUR' };
    expect(issueOf(await set('/billing_info/outstanding_balance', foreign))).toBe(
      '400 INVALID_PARAMETER_VALUE /0/value',
    );
  });

  test('are revised with the payer’s approval, from the next cycle on', async () => {
    const { headers, to } = await testClock();
    const plan = await paypal.plan('10.00');
    const found = await paypal.get(`/v1/billing/plans/${plan}`);
    const dearer = await paypal.plan('25.00', { product_id: found.body['product_id'] });
    const id = await paypal.subscription(plan, {}, headers);
    const revise = (body: object) => paypal.post(`${AT}/${id}/revise`, body);
    expect(issueOf(await revise({ plan_id: await paypal.plan() }))).toBe(
      '422 INVALID_PLAN /plan_id',
    );
    expect(issueOf(await revise({ quantity: '2' }))).toBe('422 QUANTITY_NOT_SUPPORTED /quantity');
    const revision = await revise({ plan_id: dearer });
    await to(START + 29 * DAY);
    await paypal.answer(linkOf(revision, 'approve'), 'approve');
    await to(START + 60 * DAY);
    expect(await paymentsOf(id)).toEqual(['COMPLETED 10.00', 'COMPLETED 10.00', 'COMPLETED 25.00']);
  });

  test('with another frequency, count from the next billing', async () => {
    const { headers, to } = await testClock();
    const plan = await paypal.plan('10.00');
    const found = await paypal.get(`/v1/billing/plans/${plan}`);
    const yearly = await paypal.plan('100.00', {
      product_id: found.body['product_id'],
      billing_cycles: [
        { ...monthly('100.00'), frequency: { interval_unit: 'YEAR', interval_count: 1 } },
      ],
    });
    const id = await paypal.subscription(plan, {}, headers);
    await to(START + 40 * DAY);
    const revision = await paypal.post(`${AT}/${id}/revise`, { plan_id: yearly });
    await paypal.answer(linkOf(revision, 'approve'), 'approve');
    await to(START + 200 * DAY);
    expect(await paymentsOf(id)).toEqual([
      'COMPLETED 10.00',
      'COMPLETED 10.00',
      'COMPLETED 100.00',
    ]);
    expect(await show(id)).toMatchObject({
      billing_info: { next_billing_time: '2028-03-31T00:00:00Z' },
    });
  });

  test('refuse what their status forbids; cycles of a suspension are not charged', async () => {
    const { headers, to } = await testClock();
    const id = await paypal.subscription(await paypal.plan(), {}, headers);
    const verb = (name: string) => paypal.post(`${AT}/${id}/${name}`, { reason: 'Asked for' });
    expect(issueOf(await verb('activate'))).toBe('422 SUBSCRIPTION_STATUS_INVALID');
    expect((await verb('suspend')).status).toBe(204);
    await to(START + 100 * DAY);
    expect(await paymentsOf(id)).toHaveLength(1);
    expect((await verb('activate')).status).toBe(204);
    expect((await verb('cancel')).status).toBe(204);
    expect(issueOf(await verb('suspend'))).toBe('422 SUBSCRIPTION_STATUS_INVALID');
    expect(issueOf(await paypal.post(`${AT}/${id}/cancel`))).toBe(
      '400 MISSING_REQUIRED_PARAMETER /reason',
    );
    expect(issueOf(await paypal.get(`${AT}/I-NONE`))).toBe('404 INVALID_RESOURCE_ID');
  });
});

describe('orders and refunds', () => {
  const unit = { amount: { value: '30.00', currency_code: 'USD' }, invoice_id: 'INV-1' };
  const order = (extra: object = {}) =>
    paypal.post('/v2/checkout/orders', {
      intent: 'CAPTURE',
      purchase_units: [{ ...unit, ...extra }],
    });
  const captureOf = (id: unknown) => paypal.post(`/v2/checkout/orders/${String(id)}/capture`);
  const captured = (body: object) =>
    (body as { purchase_units: { payments: { captures: { id: string }[] } }[] }).purchase_units[0]
      ?.payments.captures[0]?.id ?? '';

  test('are captured once, after approval, and given back up to what was paid', async () => {
    const made = await order();
    const { id } = made.body;
    expect(issueOf(await captureOf(id))).toBe('422 ORDER_NOT_APPROVED');
    await paypal.answer(linkOf(made, 'approve'), 'approve', 'declines');
    expect(issueOf(await captureOf(id))).toBe('422 INSTRUMENT_DECLINED');
    const again = await paypal.get(`/v2/checkout/orders/${String(id)}`);
    await paypal.answer(linkOf(again, 'payer-action'), 'approve');
    const done = await captureOf(id);
    expect(done).toMatchObject({ status: 201, body: { status: 'COMPLETED' } });
    expect(issueOf(await captureOf(id))).toBe('422 ORDER_ALREADY_CAPTURED');
    expect(issueOf(await order())).toBe('422 DUPLICATE_INVOICE_ID');
    const capture = captured(done.body);
    const refund = (body: object) => paypal.post(`/v2/payments/captures/${capture}/refund`, body);
    const part = { amount: { value: '10.00', currency_code: 'USD' } };
    expect(await refund(part)).toMatchObject({ status: 201, body: { status: 'COMPLETED' } });
    const much = { amount: { value: '20.01', currency_code: 'USD' } };
    expect(issueOf(await refund(much))).toBe('422 REFUND_AMOUNT_EXCEEDED /amount');
    expect(await refund({})).toMatchObject({ body: { amount: { value: '20.00' } } });
    expect(issueOf(await refund({}))).toBe('422 CAPTURE_FULLY_REFUNDED');
    expect((await paypal.get(`/v2/payments/captures/${capture}`)).body['status']).toBe('REFUNDED');
  });

  test('a subscription’s payment is given back alike; what was declined is not', async () => {
    const id = await paypal.subscription(await paypal.plan());
    const path = `${AT}/${id}/transactions?start_time=2020-01-01T00:00:00Z&end_time=2099-01-01T00:00:00Z`;
    const { body } = await paypal.get(path);
    const [paid] = body['transactions'] as unknown as { id: string }[];
    expect((await paypal.post(`/v2/payments/captures/${paid?.id}/refund`)).status).toBe(201);
    expect(await paymentsOf(id)).toEqual(['REFUNDED 49.00']);
    expect(issueOf(await paypal.get(`${AT}/${id}/transactions`))).toBe(
      '400 MISSING_REQUIRED_PARAMETER',
    );
  });

  test('nothing for nothing, and what is left out says so', async () => {
    const free = await order({
      amount: { value: '0.00', currency_code: 'USD' },
      invoice_id: 'INV-0',
    });
    expect(issueOf(free)).toContain('422 CANNOT_BE_ZERO_OR_NEGATIVE');
    const authorise = { intent: 'AUTHORIZE', purchase_units: [unit] };
    expect((await paypal.post('/v2/checkout/orders', authorise)).status).toBe(501);
    const yen = await order({ amount: { value: '500', currency_code: 'JPY' } });
    expect(yen.status).toBe(501);
  });
});

describe('the sandbox', () => {
  test('keeps PayPal’s state and key over a restart, and moves its time with its own clock', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'sandbox-paypal-'));
    const start = () =>
      startSandbox({
        port: 0,
        smtpPort: 0,
        dataDir,
        payPalWebhook: { id: 'WH-LOCAL', url: 'http://127.0.0.1:9/none' },
      });
    const first = await start();
    const client = await PayPalClient.of(first);
    const id = await client.subscription(await client.plan());
    await first.deliverPending();
    await first.close();
    const second = await start();
    try {
      const again = await PayPalClient.of(second);
      expect((await again.get(`${AT}/${id}`)).body['status']).toBe('ACTIVE');
      await fetch(`${second.url}/_sandbox/clock`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ offset_seconds: 70 * DAY }),
      });
      const sales = await again.get(
        '/v1/notifications/webhooks-events?event_type=PAYMENT.SALE.COMPLETED',
      );
      expect(sales.body['total_items']).toBe(3);
      const keys = JSON.parse(readFileSync(path.join(dataDir, 'sandbox.json'), 'utf8')) as {
        'paypal.key': object[];
      };
      expect(keys['paypal.key']).toHaveLength(1);
    } finally {
      await second.close();
      rmSync(dataDir, { recursive: true });
    }
  });
});
