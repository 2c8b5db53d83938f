import { createVerify, X509Certificate } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '@/sandbox/index';
import { rawValueOf } from '@/sandbox/paypal/raw-json';
import { issueOf, PayPalClient, type Received, startListener } from '@/sandbox/paypal/testing';

let sandbox: Sandbox;
let paypal: PayPalClient;
let listener: Awaited<ReturnType<typeof startListener>>;
let webhook: string;
let answer = 200;

beforeAll(async () => {
  listener = await startListener(() => answer);
  sandbox = await startSandbox({ port: 0, smtpPort: 0, retryDelaysMs: [20, 20] });
  paypal = await PayPalClient.of(sandbox);
  const made = await paypal.post('/v1/notifications/webhooks', {
    url: listener.url,
    event_types: [{ name: 'BILLING.SUBSCRIPTION.ACTIVATED' }, { name: 'PAYMENT.SALE.COMPLETED' }],
  });
  webhook = String(made.body['id']);
});
afterAll(async () => {
  await sandbox.close();
  await listener.close();
});

const header = ({ headers }: Received, name: string) => String(headers[`paypal-${name}`]);
const typesOf = () =>
  listener.received.map(({ body }) => (JSON.parse(body) as { event_type: string }).event_type);

async function firstEvent(): Promise<Received> {
  if (listener.received.length === 0) {
    await paypal.subscription(await paypal.plan('12.50'));
    await sandbox.deliverPending();
  }
  const [first] = listener.received;
  if (!first) throw new Error('no event came');
  return first;
}

test('events that are listened to arrive, in order, and others do not', async () => {
  await firstEvent();
  expect(typesOf()).toEqual(['BILLING.SUBSCRIPTION.ACTIVATED', 'PAYMENT.SALE.COMPLETED']);
});

test('the signature holds against the certificate, over the bytes that came', async () => {
  const event = await firstEvent();
  const pem = await (await fetch(header(event, 'cert-url'))).text();
  const certificate = new X509Certificate(pem);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.subject).toBe('CN=Local PayPal sandbox');
  const holds = (body: string, id = webhook) =>
    createVerify('RSA-SHA256')
      .update(
        `${header(event, 'transmission-id')}|${header(event, 'transmission-time')}|${id}|${crc32(body)}`,
      )
      .verify(certificate.publicKey, header(event, 'transmission-sig'), 'base64');
  expect(header(event, 'auth-algo')).toBe('SHA256withRSA');
  expect(holds(event.body)).toBe(true);
  expect(holds(`${event.body} `)).toBe(false);
  expect(holds(event.body, 'another-webhook')).toBe(false);
});

test('the endpoint that verifies judges the bytes, the webhook and the certificate', async () => {
  const event = await firstEvent();
  const verify = async (change: object, body = event.body) => {
    const fields = JSON.stringify({
      auth_algo: header(event, 'auth-algo'),
      cert_url: header(event, 'cert-url'),
      transmission_id: header(event, 'transmission-id'),
      transmission_sig: header(event, 'transmission-sig'),
      transmission_time: header(event, 'transmission-time'),
      webhook_id: webhook,
      ...change,
    });
    const raw = `${fields.slice(0, -1)}, "webhook_event": ${body}}`;
    const path = '/v1/notifications/verify-webhook-signature';
    return String((await paypal.call('POST', path, raw)).body['verification_status']);
  };
  expect(await verify({})).toBe('SUCCESS');
  expect(await verify({}, event.body.replace('12.50', '12.51').replace('ACTIVE', 'ACTIVf'))).toBe(
    'FAILURE',
  );
  expect(await verify({ webhook_id: 'WH-OTHER' })).toBe('FAILURE');
  expect(await verify({ cert_url: 'https://example.com/cert.pem' })).toBe('FAILURE');
  expect(await verify({ transmission_time: '2020-01-01T00:00:00Z' })).toBe('FAILURE');
});

test('what is not taken is sent again, signed anew, until it is', async () => {
  await firstEvent();
  const before = listener.received.length;
  answer = 500;
  await paypal.subscription(await paypal.plan());
  await sandbox.deliverPending();
  answer = 200;
  await expect
    .poll(async () => {
      await sandbox.deliverPending();
      const path = `${sandbox.url}/_sandbox/deliveries?status=pending`;
      return ((await (await fetch(path)).json()) as object[]).length;
    })
    .toBe(0);
  const tries = listener.received.slice(before);
  const ids = tries.map(({ body }) => (JSON.parse(body) as { id: string }).id);
  expect(tries.length).toBeGreaterThan(new Set(ids).size);
  expect(new Set(tries.map((each) => header(each, 'transmission-id'))).size).toBe(tries.length);
});

test('an address is taken once; unknown webhooks and bodies without one are refused', async () => {
  const hook = (body: object) => paypal.post('/v1/notifications/webhooks', body);
  const again = await hook({ url: listener.url, event_types: [{ name: '*' }] });
  expect(issueOf(again)).toBe('422 WEBHOOK_URL_ALREADY_EXISTS /url');
  expect(issueOf(await hook({ url: listener.url }))).toBe(
    '400 MISSING_REQUIRED_PARAMETER /event_types',
  );
  const gone = await paypal.call('DELETE', '/v1/notifications/webhooks/none');
  expect(issueOf(gone)).toBe('404 INVALID_RESOURCE_ID');
});

test.each([
  ['{"a":1,"b":{"c":[1,2,"}"]},"d":2}', 'b', '{"c":[1,2,"}"]}'],
  ['{ "x" : "b:,\\"", "b" : [ 1 ] }', 'b', '[ 1 ]'],
  ['{"a":{"b":1}}', 'b', ''],
])('the raw text of a property in %s', (json, name, expected) => {
  expect(rawValueOf(json, name)).toBe(expected);
});
