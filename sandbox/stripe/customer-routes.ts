import type Stripe from 'stripe';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { newId, randomToken } from '@/sandbox/stripe/ids';
import { moveBalance } from '@/sandbox/stripe/customer-balance';
import { attachMethod, resolveMethod } from '@/sandbox/stripe/payment-methods';
import { endSubscription, isLive } from '@/sandbox/stripe/subscription-state';
import type { Customer } from '@/sandbox/stripe/wire';

type Settings = { default_payment_method?: string | null; footer?: string | null };
const FIELDS =
  'name email phone description address metadata balance invoice_settings.default_payment_method invoice_settings.footer preferred_locales tax_exempt invoice_prefix next_invoice_sequence';
const BLANK_ADDRESS = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

/** The default method must belong to the customer, or stay one of Stripe's shared test cards until attached. */
function settings(
  api: Api,
  customer: string,
  before: Customer['invoice_settings'],
  asked: Settings | undefined,
): Customer['invoice_settings'] {
  if (asked?.default_payment_method) {
    const method = resolveMethod(
      api,
      asked.default_payment_method,
      'invoice_settings[default_payment_method]',
    );
    if (method.customer !== customer)
      throw invalid(
        `The customer does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`,
        'invoice_settings[default_payment_method]',
        'resource_missing',
      );
  }
  return { ...before, ...asked };
}

export function createCustomer(api: Api, p: Stripe.CustomerCreateParams): Customer {
  if (p.email && !/^[^\s@]+@[^\s@]+$/.test(p.email))
    throw invalid(`Invalid email address: ${p.email}`, 'email', 'email_invalid');
  const clock = p.test_clock
    ? api.require('test_helpers.test_clock', p.test_clock, 'test_clock').id
    : null;
  const id = newId('cus', 14);
  const asked = p.invoice_settings as Settings | undefined;
  api.store.attempt(() => {
    api.store.put('customer', {
      id,
      object: 'customer',
      address: p.address ? { ...BLANK_ADDRESS, ...p.address } : null,
      balance: p.balance ?? 0,
      created: api.now(clock),
      currency: null,
      customer_account: null,
      default_source: null,
      delinquent: false,
      description: p.description ?? null,
      discount: null,
      email: p.email ?? null,
      invoice_prefix: p.invoice_prefix ?? randomToken(8).toUpperCase(),
      invoice_settings: {
        custom_fields: null,
        default_payment_method: null,
        footer: null,
        rendering_options: null,
      },
      livemode: false,
      metadata: mergeMetadata({}, p.metadata),
      name: p.name ?? null,
      next_invoice_sequence: p.next_invoice_sequence ?? 1,
      phone: p.phone ?? null,
      preferred_locales: p.preferred_locales ?? [],
      shipping: null,
      tax_exempt: p.tax_exempt || 'none',
      test_clock: clock,
    });
    let method = asked?.default_payment_method ?? null;
    if (p.payment_method) {
      const attached = attachMethod(api, p.payment_method, id);
      if (method === p.payment_method) method = attached.id;
    }
    const { invoice_settings } = api.store.get('customer', id);
    if (asked)
      api.store.patch('customer', id, {
        invoice_settings: settings(api, id, invoice_settings, {
          ...asked,
          default_payment_method: method,
        }),
      });
  });
  const customer = api.store.get('customer', id);
  api.emit('customer.created', customer);
  return customer;
}

function updateCustomer(api: Api, id: string, p: Stripe.CustomerUpdateParams): Customer {
  const customer = api.require('customer', id);
  const { metadata, address, invoice_settings, ...rest } = p;
  return api.update('customer', id, {
    ...(rest as Partial<Customer>),
    ...(address === undefined
      ? {}
      : { address: address ? { ...BLANK_ADDRESS, ...customer.address, ...address } : null }),
    invoice_settings: settings(
      api,
      id,
      customer.invoice_settings,
      invoice_settings as Settings | undefined,
    ),
    metadata: mergeMetadata(customer.metadata, metadata),
    tax_exempt:
      p.tax_exempt === undefined ? (customer.tax_exempt ?? 'none') : p.tax_exempt || 'none',
  });
}

/** Deleting ends the customer's subscriptions at once; the id stays known as deleted. */
function deleteCustomer(api: Api, id: string): object {
  const customer = api.require('customer', id);
  for (const sub of api.store.all('subscription'))
    if (sub.customer === id && isLive(sub)) endSubscription(api, sub.id, 'cancellation_requested');
  for (const method of api.store.all('payment_method'))
    if (method.customer === id) api.store.patch('payment_method', method.id, { customer: null });
  api.emit('customer.deleted', customer);
  api.store.remove('customer', id);
  api.store.put('_settings', { id: `deleted_customer:${id}`, value: true });
  return { id, object: 'customer', deleted: true };
}

export const customerRoutes = [
  route<Stripe.CustomerCreateParams>(
    'POST /v1/customers',
    `${FIELDS} payment_method test_clock`,
    (p, { api }) => createCustomer(api, p),
  ),
  listRoute(
    'GET /v1/customers',
    'email created test_clock',
    'customer',
    (p: Stripe.CustomerListParams, row) =>
      (!p.email || row.email === p.email) && (!p.test_clock || row.test_clock === p.test_clock),
  ),
  route('GET /v1/customers/:id', '', (_, { api, id }) =>
    api.store.find('_settings', `deleted_customer:${id}`)
      ? { id, object: 'customer', deleted: true }
      : api.require('customer', id),
  ),
  route<Stripe.CustomerUpdateParams>('POST /v1/customers/:id', FIELDS, (p, { api, id }) =>
    updateCustomer(api, id, p),
  ),
  route('DELETE /v1/customers/:id', '', (_, { api, id }) => deleteCustomer(api, id)),
  route<Stripe.CustomerCreateBalanceTransactionParams>(
    'POST /v1/customers/:id/balance_transactions',
    'amount currency description metadata',
    (p, { api, id }) => {
      api.require('customer', id);
      return moveBalance(api, id, p.amount, 'adjustment', {
        currency: p.currency,
        description: p.description ?? null,
        metadata: mergeMetadata({}, p.metadata),
      });
    },
  ),
  listRoute(
    'GET /v1/customers/:id/balance_transactions',
    'invoice created',
    'customer_balance_transaction',
    (p: Stripe.CustomerListBalanceTransactionsParams, row, ids) =>
      row.customer === ids[0] && (!p.invoice || row.invoice === p.invoice),
  ),
];
