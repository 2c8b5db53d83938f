import { request } from 'node:http';
import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { catalogue, clientOf, failure, useSandbox } from '@/sandbox/testing';

const { get, stripe } = useSandbox();

async function raw(path: string, init: RequestInit = {}) {
  const headers = {
    authorization: 'Bearer sk_test_raw',
    'content-type': 'application/x-www-form-urlencoded',
    ...(init.headers as object),
  };
  const answer = await fetch(get().url + path, { ...init, headers });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as { error?: Record<string, string>; id?: string },
  };
}

test('an unknown parameter is refused by name, nested ones too', async () => {
  const error = await failure(
    stripe().customers.create({ emial: 'a@example.com' } as Stripe.CustomerCreateParams),
  );
  expect(error).toMatchObject({
    statusCode: 400,
    type: 'StripeInvalidRequestError',
    code: 'parameter_unknown',
    param: 'emial',
    message: 'Received unknown parameter: emial',
  });
  const nested = await failure(
    stripe().customers.create({ address: { town: 'x' } } as unknown as Stripe.CustomerCreateParams),
  );
  expect(nested.param).toBe('address[town]');
});

test('a missing, mistyped or empty parameter is refused by name', async () => {
  expect(await failure(stripe().products.create({} as Stripe.ProductCreateParams))).toMatchObject({
    code: 'parameter_missing',
    param: 'name',
    message: 'Missing required param: name.',
  });
  expect(
    await failure(stripe().customers.list({ limit: 'many' as unknown as number })),
  ).toMatchObject({ code: 'parameter_invalid_integer', param: 'limit' });
  expect(await failure(stripe().customers.list({ limit: 101 }))).toMatchObject({
    code: 'parameter_invalid_integer',
    param: 'limit',
  });
  expect(await failure(stripe().products.create({ name: '' }))).toMatchObject({
    code: 'parameter_invalid_empty',
    param: 'name',
  });
  expect(
    await failure(stripe().checkout.sessions.create({ mode: 'rent' as 'setup' })),
  ).toMatchObject({
    param: 'mode',
    message: 'Invalid mode: must be one of payment, setup, or subscription',
  });
});

test('what does not exist is 404 in the path and 400 in a parameter', async () => {
  expect(await failure(stripe().customers.retrieve('cus_none'))).toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
    param: 'id',
    message: "No such customer: 'cus_none'",
  });
  expect(await failure(stripe().invoices.create({ customer: 'cus_none' }))).toMatchObject({
    statusCode: 400,
    code: 'resource_missing',
    param: 'customer',
  });
});

test('what Stripe can and the sandbox cannot is an explicit 501, never silence', async () => {
  expect(await failure(stripe().payouts.list())).toMatchObject({
    statusCode: 501,
    code: 'sandbox_not_implemented',
  });
  expect(await failure(stripe().customers.search({ query: "email:'a'" }))).toMatchObject({
    statusCode: 501,
  });
  const shipping = { shipping: { name: 'A', address: { line1: 'x' } } };
  expect(await failure(stripe().customers.create(shipping))).toMatchObject({
    statusCode: 501,
    param: 'shipping',
  });
  const nested = {
    mode: 'subscription',
    success_url: 'http://a',
    line_items: [{ price: 'p', quantity: 1, tax_rates: ['t'] }],
  } as const;
  expect(
    await failure(
      stripe().checkout.sessions.create({
        ...nested,
        line_items: [
          ...nested.line_items.map((each) => ({ ...each, tax_rates: [...each.tax_rates] })),
        ],
      }),
    ),
  ).toMatchObject({ statusCode: 501, param: 'line_items.tax_rates' });
  expect((await raw('/v1/nonsense')).status).toBe(404);
});

test('only test keys of the installed API version are let in', async () => {
  for (const key of ['sk_live_abc', 'pk_test_abc', ''])
    expect(
      (await raw('/v1/customers', { headers: { authorization: key ? `Bearer ${key}` : '' } }))
        .status,
    ).toBe(401);
  expect((await raw('/v1/customers', { headers: { 'stripe-version': '2020-08-27' } })).status).toBe(
    400,
  );
  expect((await raw('/v1/customers')).status).toBe(200);
});

test('a page of another site can neither read nor drive the sandbox', async () => {
  const rebound = await new Promise<number>((resolve, reject) => {
    request(`${get().url}/inbox/api/messages`, { headers: { host: 'evil.example' } }, (answer) =>
      resolve(answer.resume().statusCode ?? 0),
    )
      .on('error', reject)
      .end();
  });
  expect(rebound).toBe(403);
  expect(
    (await raw('/_sandbox/reset', { method: 'POST', headers: { origin: 'https://evil.example' } }))
      .status,
  ).toBe(403);
});

test('every answer carries a Request-Id, also errors', async () => {
  const { lastResponse } = await stripe().customers.create({});
  expect(lastResponse.requestId).toMatch(/^req_\w{14}$/);
  expect((await failure(stripe().customers.retrieve('cus_none'))).requestId).toMatch(
    /^req_\w{14}$/,
  );
});

test('an Idempotency-Key replays the first answer and refuses other params', async () => {
  const options = { idempotencyKey: `key-${Math.random()}` };
  const first = await stripe().customers.create({ email: 'one@example.com' }, options);
  const again = await stripe().customers.create({ email: 'one@example.com' }, options);
  expect(again.id).toBe(first.id);
  expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
  const other = await failure(stripe().customers.create({ email: 'two@example.com' }, options));
  expect(other).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  expect((await stripe().customers.list({ email: 'one@example.com' })).data).toHaveLength(1);
});

test('a request refused for its params keeps its key free', async () => {
  const options = { idempotencyKey: `key-${Math.random()}` };
  await failure(stripe().products.create({} as Stripe.ProductCreateParams, options));
  expect((await stripe().products.create({ name: 'Later' }, options)).name).toBe('Later');
});

test.each(['fail_after', 'drop_after'])(
  'an answer lost by %s is found again by the retry: one customer',
  async (fault) => {
    const email = `${fault}@example.com`;
    await fetch(`${get().url}/_sandbox/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ [fault]: 1, path: '/v1/customers' }),
    });
    const made = await clientOf(get(), { maxNetworkRetries: 2 }).customers.create({ email });
    const found = await stripe().customers.list({ email });
    expect(found.data.map((each) => each.id)).toEqual([made.id]);
  },
);

test('fail_before does nothing', async () => {
  await fetch(`${get().url}/_sandbox/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fail_before: 1 }),
  });
  await expect(stripe().customers.create({ email: 'never@example.com' })).rejects.toThrow(
    'sandbox fault',
  );
  expect((await stripe().customers.list({ email: 'never@example.com' })).data).toEqual([]);
});

test('lists page forwards, backwards and by themselves', async () => {
  const email = 'page@example.com';
  const made: string[] = [];
  for (let i = 0; i < 7; i++)
    made.unshift((await stripe().customers.create({ email, name: `${i}` })).id);
  const first = await stripe().customers.list({ email, limit: 3 });
  expect([first.data.map((each) => each.id), first.has_more]).toEqual([made.slice(0, 3), true]);
  const last = await stripe().customers.list({ email, limit: 5, starting_after: made[2] ?? '' });
  expect([last.data.map((each) => each.id), last.has_more]).toEqual([made.slice(3), false]);
  const back = await stripe().customers.list({ email, limit: 2, ending_before: made[3] ?? '' });
  expect([back.data.map((each) => each.id), back.has_more]).toEqual([made.slice(1, 3), true]);
  const all: string[] = [];
  for await (const each of stripe().customers.list({ email, limit: 2 })) all.push(each.id);
  expect(all).toEqual(made);
});

test('metadata merges; an empty value takes a key away, an empty string all', async () => {
  const { id } = await stripe().customers.create({ metadata: { a: '1', b: '2' } });
  expect((await stripe().customers.update(id, { metadata: { b: '', c: 3 } })).metadata).toEqual({
    a: '1',
    c: '3',
  });
  expect((await stripe().customers.update(id, { name: 'N' })).metadata).toEqual({ a: '1', c: '3' });
  expect((await stripe().customers.update(id, { metadata: '' })).metadata).toEqual({});
});

test('expand replaces ids, through lists and levels, and refuses what cannot be', async () => {
  const { monthly, product } = await catalogue(stripe());
  const price = await stripe().prices.retrieve(monthly.id, { expand: ['product'] });
  expect(price.product).toMatchObject({ id: product.id, name: product.name });
  const listed = await stripe().prices.list({ product: product.id, expand: ['data.product'] });
  expect(listed.data.map((each) => (each.product as Stripe.Product).id)).toEqual([
    product.id,
    product.id,
  ]);
  expect(
    await failure(stripe().prices.retrieve(monthly.id, { expand: ['currency'] })),
  ).toMatchObject({ message: 'This property cannot be expanded (currency).' });
});

test('prices: lookup keys are unique until transferred; decimals and tiers come back exact', async () => {
  const { product } = await catalogue(stripe());
  const base = { product: product.id, currency: 'usd', recurring: { interval: 'month' as const } };
  const first = await stripe().prices.create({ ...base, unit_amount: 100, lookup_key: 'pro' });
  expect(
    await failure(stripe().prices.create({ ...base, unit_amount: 200, lookup_key: 'pro' })),
  ).toMatchObject({ param: 'lookup_key' });
  const second = await stripe().prices.create({
    ...base,
    unit_amount: 200,
    lookup_key: 'pro',
    transfer_lookup_key: true,
  });
  expect(
    (await stripe().prices.list({ lookup_keys: ['pro'] })).data.map((each) => each.id),
  ).toEqual([second.id]);
  expect((await stripe().prices.retrieve(first.id)).lookup_key).toBeNull();
  const tiered = await stripe().prices.create({
    ...base,
    billing_scheme: 'tiered',
    tiers_mode: 'graduated',
    tiers: [
      { up_to: 10, unit_amount: 5 },
      { up_to: 'inf', unit_amount_decimal: Stripe.Decimal.from('0.5') },
    ],
  });
  const shown = await stripe().prices.retrieve(tiered.id, { expand: ['tiers'] });
  expect(shown.tiers?.map((tier) => [tier.up_to, tier.unit_amount_decimal?.toString()])).toEqual([
    [10, '5'],
    [null, '0.5'],
  ]);
});

test('a deleted customer stays known as deleted', async () => {
  const { id } = await stripe().customers.create({ email: 'gone@example.com' });
  expect(await stripe().customers.del(id)).toMatchObject({ id, deleted: true });
  expect(await stripe().customers.retrieve(id)).toMatchObject({ id, deleted: true });
  expect(await failure(stripe().customers.update(id, { name: 'x' }))).toMatchObject({
    code: 'resource_missing',
  });
});

test('tax ids belong to a customer, are checked, and stand on its invoices until they are final', async () => {
  const { customers, invoices, invoiceItems } = stripe();
  const customer = await customers.create({ name: 'Acme' });
  const made = await customers.createTaxId(customer.id, { type: 'eu_vat', value: 'DE 123456789' });
  expect(made).toMatchObject({
    object: 'tax_id',
    country: 'DE',
    value: 'DE123456789',
    verification: { status: 'pending' },
  });
  expect(
    await failure(customers.createTaxId(customer.id, { type: 'us_ein', value: '12' })),
  ).toMatchObject({ statusCode: 400, code: 'tax_id_invalid', param: 'value' });
  const other = await customers.create({ name: 'Other' });
  expect(await failure(customers.deleteTaxId(other.id, made.id))).toMatchObject({
    statusCode: 404,
  });
  await invoiceItems.create({ customer: customer.id, amount: 100, currency: 'usd' });
  const draft = await invoices.create({
    customer: customer.id,
    collection_method: 'send_invoice',
    days_until_due: 7,
    pending_invoice_items_behavior: 'include',
  });
  const ids = [{ type: 'eu_vat', value: 'DE123456789' }];
  expect(draft.customer_tax_ids).toEqual(ids);
  const final = await invoices.finalizeInvoice(draft.id ?? '');
  expect(await customers.deleteTaxId(customer.id, made.id)).toMatchObject({ deleted: true });
  expect((await customers.listTaxIds(customer.id)).data).toEqual([]);
  expect((await invoices.retrieve(final.id ?? '')).customer_tax_ids).toEqual(ids);
});
