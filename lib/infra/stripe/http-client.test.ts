import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callStripe } from '.';
import { listen } from '@/lib/testing/troubled-provider';

let answer = { status: 200, body: '' };
const server = http.createServer((_, response) => {
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
});
const refund = () =>
  callStripe((stripe) =>
    stripe.refunds.create({ payment_intent: 'pi_1', amount: 100 }, { maxNetworkRetries: 0 }),
  );

beforeAll(async () => {
  process.env.STRIPE_API_BASE = await listen(server);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('an answer of whatever stands before Stripe', () => {
  it.each([
    [500, '{"message":"upstream timed out"}'],
    [502, '{}'],
    [403, '{"blocked":true}'],
    [503, 'null'],
    [500, '<html>'],
  ])('of %i, %s, is no refund, but a provider that is away', async (status, body) => {
    answer = { status, body };
    await expect(refund()).rejects.toMatchObject({ code: 'payment_provider_unavailable' });
  });

  it('leaves Stripe’s own words as they are, yes and no', async () => {
    answer = { status: 200, body: '{"id":"re_1"}' };
    expect(await refund()).toMatchObject({ id: 're_1' });
    answer = {
      status: 400,
      body: '{"error":{"type":"invalid_request_error","code":"charge_already_refunded","message":"No."}}',
    };
    await expect(refund()).rejects.toMatchObject({ code: 'charge_already_refunded' });
  });
});
