import type Stripe from 'stripe';
import type { Api } from '@/sandbox/stripe/api';
import { mergeMetadata } from '@/sandbox/stripe/api';
import { type CardInput, checkCard, DECLINES, findTestCard } from '@/sandbox/stripe/cards';
import { ApiError, invalid, missing, notImplemented } from '@/sandbox/http/errors';
import { newId } from '@/sandbox/stripe/ids';
import { listRoute, route } from '@/sandbox/http/route';
import type { PaymentMethod, Wire } from '@/sandbox/stripe/wire';

type Billing = Wire<Stripe.PaymentMethodCreateParams.BillingDetails>;

export type NewCard = CardInput & {
  billing?: Billing | undefined;
  metadata?: Record<string, string>;
};

/** Creates the payment method of a card; nothing is charged. Throws Stripe's card errors. */
export function createCard(api: Api, input: NewCard): PaymentMethod {
  const known = checkCard(input, api.now());
  const address = input.billing?.address;
  const id = newId('pm');
  api.store.put('_card', { id, behaviour: known.behaviour, authenticated: false });
  return api.store.put('payment_method', {
    id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: {
      address: {
        city: null,
        country: null,
        line1: null,
        line2: null,
        postal_code: null,
        state: null,
        ...address,
      },
      email: input.billing?.email ?? null,
      name: input.billing?.name ?? null,
      phone: input.billing?.phone ?? null,
      tax_id: null,
    },
    card: {
      brand: known.brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: input.cvc ? 'unchecked' : null,
      },
      country: 'US',
      display_brand: known.brand,
      exp_month: input.exp_month,
      exp_year: input.exp_year < 100 ? 2000 + input.exp_year : input.exp_year,
      fingerprint: Buffer.from(known.number.slice(0, 12)).toString('base64url'),
      funding: known.tokens.includes('visa_debit') ? 'debit' : 'credit',
      generated_from: null,
      last4: input.number.slice(-4),
      networks: { available: [known.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: api.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: input.metadata ?? {},
    type: 'card',
  });
}

/** `pm_card_…` names a test card; every use of it makes a payment method of its own, as at Stripe. */
export function resolveMethod(api: Api, id: string, param = 'payment_method'): PaymentMethod {
  const found = api.store.find('payment_method', id);
  if (found) return found;
  const token = /^(?:pm_card_|tok_)(\w+)$/.exec(id)?.[1];
  const known = token && findTestCard(token);
  if (!known) throw missing('PaymentMethod', id, param);
  const year = new Date(api.now() * 1000).getUTCFullYear() + 1;
  return createCard(api, {
    number: known.number,
    exp_month: 11,
    exp_year: year,
    cvc: known.brand === 'amex' ? '1234' : '123',
  });
}

/** What a bank says with its refusal, beside the reason. */
const BY_THE_BANK = { advice_code: 'try_again_later', network_decline_code: '01' };

export function cardDeclined(
  reason: keyof typeof DECLINES,
  extra: Partial<ApiError['body']> = {},
): ApiError {
  const decline = DECLINES[reason];
  const bank = decline.code === 'card_declined' ? BY_THE_BANK : {};
  return new ApiError(402, { type: 'card_error', ...decline, ...bank, ...extra });
}

/** Attaching checks the card with its issuer: cards that always decline cannot be attached. */
export function attachMethod(api: Api, id: string, customer: string): PaymentMethod {
  const method = resolveMethod(api, id, 'id');
  api.require('customer', customer, 'customer');
  if (method.customer === customer) return method;
  if (method.customer)
    throw invalid(
      'The payment method you provided has already been attached to a customer.',
      'payment_method',
      'resource_already_exists',
    );
  const behaviour = api.store.get('_card', method.id).behaviour;
  if (behaviour in DECLINES) throw cardDeclined(behaviour as keyof typeof DECLINES, { param: '' });
  const attached = api.store.patch('payment_method', method.id, { customer });
  api.emit('payment_method.attached', attached);
  return attached;
}

function detachMethod(api: Api, id: string): PaymentMethod {
  const method = api.require('payment_method', id, 'id', 'PaymentMethod');
  if (!method.customer)
    throw invalid(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
      'payment_method',
    );
  const customer = api.store.get('customer', method.customer);
  const detached = api.store.patch('payment_method', id, { customer: null });
  api.emit('payment_method.detached', detached, { customer: method.customer });
  if (customer.invoice_settings.default_payment_method === id)
    api.update('customer', customer.id, {
      invoice_settings: { ...customer.invoice_settings, default_payment_method: null },
    });
  for (const each of api.store.all('subscription'))
    if (each.default_payment_method === id)
      api.update('subscription', each.id, { default_payment_method: null });
  return detached;
}

export const paymentMethodRoutes = [
  route<Stripe.PaymentMethodCreateParams>(
    'POST /v1/payment_methods',
    'type card billing_details metadata',
    (p, { api }) => {
      if (p.type !== 'card')
        throw notImplemented(`payment methods of type ${p.type ?? '(none)'}`, 'type');
      if (!p.card) throw invalid('Missing required param: card.', 'card', 'parameter_missing');
      const metadata = mergeMetadata({}, p.metadata);
      const billing = p.billing_details as Billing | undefined;
      if ('token' in p.card && p.card.token) {
        const { id } = resolveMethod(api, p.card.token, 'card[token]');
        return api.store.patch('payment_method', id, { metadata });
      }
      return createCard(api, { ...(p.card as CardInput), billing, metadata });
    },
  ),
  listRoute(
    'GET /v1/payment_methods',
    'customer type',
    'payment_method',
    (p: Stripe.PaymentMethodListParams, row) =>
      Boolean(row.customer) &&
      (!p.customer || row.customer === p.customer) &&
      (!p.type || row.type === p.type),
  ),
  listRoute(
    'GET /v1/customers/:id/payment_methods',
    'type',
    'payment_method',
    (p: Stripe.CustomerListPaymentMethodsParams, row, ids) =>
      row.customer === ids[0] && (!p.type || row.type === p.type),
  ),
  route('GET /v1/payment_methods/:id', '', (_, { api, id }) =>
    api.require('payment_method', id, 'id', 'PaymentMethod'),
  ),
  route<Stripe.PaymentMethodUpdateParams>(
    'POST /v1/payment_methods/:id',
    'metadata billing_details',
    (p, { api, id }) => {
      const method = api.require('payment_method', id, 'id', 'PaymentMethod');
      const billing = { ...method.billing_details, ...(p.billing_details as object) };
      return api.update('payment_method', id, {
        metadata: mergeMetadata(method.metadata, p.metadata),
        billing_details: billing,
      });
    },
  ),
  route<Stripe.PaymentMethodAttachParams>(
    'POST /v1/payment_methods/:id/attach',
    'customer',
    (p, { api, id }) => {
      if (!p.customer)
        throw invalid('Missing required param: customer.', 'customer', 'parameter_missing');
      return attachMethod(api, id, p.customer);
    },
  ),
  route('POST /v1/payment_methods/:id/detach', '', (_, { api, id }) => detachMethod(api, id)),
];
