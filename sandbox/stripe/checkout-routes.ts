import { CHECKOUT_SESSION } from '@/sandbox/stripe/resting-billing';
import type Stripe from 'stripe';
import { type Api, emptyList, mergeMetadata } from '@/sandbox/stripe/api';
import { checkoutTotals, expireCheckout } from '@/sandbox/stripe/checkout';
import { invalid, notImplemented } from '@/sandbox/http/errors';
import { listRoute, paginate, route } from '@/sandbox/http/route';
import { newId, randomToken } from '@/sandbox/stripe/ids';
import { priceAmount, productName } from '@/sandbox/stripe/pricing';
import { createSetupIntent } from '@/sandbox/stripe/setup-intents';
import type { CheckoutLine, CheckoutSession } from '@/sandbox/stripe/wire';

type Params = Stripe.Checkout.SessionCreateParams;

function lineItems(api: Api, p: Params): CheckoutLine[] {
  return (p.line_items ?? []).map((line, index) => {
    const price = api.require('price', line.price ?? '', `line_items[${index}][price]`);
    if (!price.active)
      throw invalid(
        'The price specified is inactive. This field only accepts active prices.',
        `line_items[${index}][price]`,
      );
    const metered = price.recurring?.usage_type === 'metered';
    if (!metered && line.quantity === undefined)
      throw invalid(
        'Quantity is required. Add `quantity` to `line_items[' + index + ']`',
        `line_items[${index}][quantity]`,
        'parameter_missing',
      );
    const amount = metered ? 0 : priceAmount(api, price, line.quantity ?? 1);
    return {
      id: newId('li'),
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: price.currency,
      description: productName(api, price),
      metadata: {},
      price,
      quantity: metered ? null : (line.quantity ?? 1),
    };
  });
}

function check(p: Params): void {
  if (!p.mode) throw invalid('Missing required param: mode.', 'mode', 'parameter_missing');
  if (p.mode === 'payment') throw notImplemented('Checkout in mode payment', 'mode');
  if (p.ui_mode && p.ui_mode !== 'hosted_page')
    throw notImplemented(`the ui_mode ${p.ui_mode}`, 'ui_mode');
  if (!p.success_url)
    throw invalid('Missing required param: success_url.', 'success_url', 'parameter_missing');
  for (const [name, url] of [
    ['success_url', p.success_url],
    ['cancel_url', p.cancel_url],
  ] as const)
    if (url && !/^https?:\/\//.test(url)) throw invalid('Not a valid URL', name, 'url_invalid');
  if (p.customer && p.customer_email)
    throw invalid(
      'You may only specify one of these parameters: customer, customer_email.',
      'customer',
    );
  if (p.mode === 'subscription' && !p.line_items?.length)
    throw invalid('Missing required param: line_items.', 'line_items', 'parameter_missing');
  if (p.mode === 'setup' && p.line_items?.length)
    throw invalid('You can not pass `line_items` in `setup` mode.', 'line_items');
  if (p.mode === 'setup' && !p.customer)
    throw notImplemented('mode setup without a customer', 'customer');
  if (
    p.subscription_data?.trial_period_days !== undefined &&
    p.subscription_data.trial_period_days < 1
  )
    throw invalid(
      'The minimum number of trial period days is 1.',
      'subscription_data[trial_period_days]',
    );
}

function expiry(p: Params, now: number): number {
  const expires = p.expires_at ?? now + 86_400;
  if (expires < now + 1800 || expires > now + 86_400)
    throw invalid(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from now.',
      'expires_at',
    );
  return expires;
}

function knownDetails(email: string | null): CheckoutSession['customer_details'] {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: 'none',
    tax_ids: null,
  };
}

function createSession(api: Api, p: Params): CheckoutSession {
  check(p);
  const customer = p.customer ? api.require('customer', p.customer, 'customer') : undefined;
  const id = `cs_test_${randomToken(58)}`;
  const lines = lineItems(api, p);
  if (p.mode === 'subscription' && !lines.some((line) => line.price?.recurring))
    throw invalid(
      'You must provide at least one recurring price in `subscription` mode when using prices.',
      'line_items',
    );
  const now = api.realNow();
  const expires = expiry(p, now);
  api.store.put('_checkout', { id, line_items: lines, params: p });
  const totals = checkoutTotals(api, id, customer?.id ?? null);
  const trial = p.subscription_data?.trial_period_days ?? p.subscription_data?.trial_end;
  const setup =
    p.mode === 'setup'
      ? createSetupIntent(api, {
          customer: customer?.id ?? null,
          metadata: mergeMetadata({}, p.setup_intent_data?.metadata),
        }).id
      : null;
  return api.store.put('checkout.session', {
    ...CHECKOUT_SESSION,
    id,
    allow_promotion_codes: p.allow_promotion_codes ?? null,
    ...(setup ? NO_AMOUNTS : amountsOf(trial ? FREE : totals)),
    cancel_url: p.cancel_url ?? null,
    client_reference_id: p.client_reference_id ?? null,
    created: now,
    currency: lines[0]?.currency ?? p.currency ?? null,
    customer: customer?.id ?? null,
    customer_creation: customer ? null : 'always',
    customer_details:
      customer || p.customer_email
        ? knownDetails(customer?.email ?? p.customer_email ?? null)
        : null,
    customer_email: p.customer_email ?? null,
    discounts: (p.discounts ?? []).map((each) => ({
      coupon: each.coupon ?? null,
      promotion_code: each.promotion_code ?? null,
    })),
    expires_at: expires,
    locale: p.locale ?? null,
    metadata: mergeMetadata({}, p.metadata),
    mode: p.mode ?? 'subscription',
    payment_method_collection: setup ? null : 'always',
    payment_status: setup || trial ? 'no_payment_required' : 'unpaid',
    setup_intent: setup,
    success_url: p.success_url ?? null,
    url: `${api.url}/checkout/${id}`,
  });
}

/** A trial costs nothing today. */
const FREE = { subtotal: 0, discount: 0, tax: 0, total: 0 };
const NO_AMOUNTS = { amount_subtotal: null, amount_total: null, total_details: null };

function amountsOf({ subtotal, discount, tax, total }: typeof FREE) {
  return {
    amount_subtotal: subtotal,
    amount_total: total,
    total_details: { amount_discount: discount, amount_shipping: 0, amount_tax: tax },
  };
}

export const checkoutRoutes = [
  route<Params>(
    'POST /v1/checkout/sessions',
    `mode success_url cancel_url customer customer_email client_reference_id line_items.price line_items.quantity metadata allow_promotion_codes discounts
     subscription_data.metadata subscription_data.trial_period_days subscription_data.trial_end subscription_data.trial_settings subscription_data.description
     subscription_data.billing_cycle_anchor subscription_data.default_tax_rates subscription_data.billing_mode.type subscription_data.billing_mode.flexible.proration_discounts
     setup_intent_data.metadata allowed_payment_method_types payment_method_collection currency locale expires_at ui_mode billing_address_collection`,
    (p, { api }) => createSession(api, p),
  ),
  listRoute(
    'GET /v1/checkout/sessions',
    'customer subscription status created',
    'checkout.session',
    (p: Stripe.Checkout.SessionListParams, row) =>
      (!p.customer || row.customer === p.customer) &&
      (!p.subscription || row.subscription === p.subscription) &&
      (!p.status || row.status === p.status),
  ),
  route('GET /v1/checkout/sessions/:id', '', (_, { api, id }) =>
    api.require('checkout.session', id),
  ),
  route('POST /v1/checkout/sessions/:id/expire', '', (_, { api, id }) => {
    if (api.require('checkout.session', id).status !== 'open')
      throw invalid('Only Checkout Sessions with a status in ["open"] can be expired.');
    return expireCheckout(api, id);
  }),
  route(
    'GET /v1/checkout/sessions/:id/line_items',
    'limit starting_after ending_before',
    (p, { api, id, path }) => {
      api.require('checkout.session', id);
      return paginate(api.store.get('_checkout', id).line_items, p, path);
    },
  ),
];

export const checkoutLines = (api: Api, id: string) =>
  emptyList(`/v1/checkout/sessions/${id}/line_items`, api.store.get('_checkout', id).line_items);
