import type { Api } from '@/sandbox/stripe/api';
import { emptyList } from '@/sandbox/stripe/api';
import { checkoutLines } from '@/sandbox/stripe/checkout-routes';
import { deletedCoupon, productsOf } from '@/sandbox/stripe/discounts';
import { invalid } from '@/sandbox/http/errors';
import { intentOf, paymentsOf } from '@/sandbox/stripe/invoice-payments';
import { isLive } from '@/sandbox/stripe/subscription-state';
import type { Table } from '@/sandbox/stripe/store';

const PREFIXES: Record<string, Table> = {
  bpc: 'billing_portal.configuration',
  ch: 'charge',
  clock: 'test_helpers.test_clock',
  cn: 'credit_note',
  cs: 'checkout.session',
  cus: 'customer',
  di: 'discount',
  du: 'dispute',
  in: 'invoice',
  pi: 'payment_intent',
  pm: 'payment_method',
  price: 'price',
  prod: 'product',
  promo: 'promotion_code',
  seti: 'setup_intent',
  sub: 'subscription',
  cbtxn: 'customer_balance_transaction',
  re: 'refund',
  mtr: 'billing.meter',
};

type Json = Record<string, unknown> & { object?: string; id?: string };

/** Fields that Stripe leaves out of an object until asked for. */
const INCLUDABLE: Record<string, (api: Api, of: Json & { id: string }) => unknown> = {
  'invoice.payments': (api, { id }) => emptyList('/v1/invoice_payments', paymentsOf(api, id)),
  'invoice.confirmation_secret': (api, { id }) => {
    const intent = intentOf(api, id);
    return intent?.client_secret
      ? { client_secret: intent.client_secret, type: 'payment_intent' }
      : null;
  },
  'customer.subscriptions': (api, { id }) =>
    emptyList(
      `/v1/customers/${id}/subscriptions`,
      api.store
        .all('subscription')
        .filter((sub) => sub.customer === id && isLive(sub))
        .reverse(),
    ),
  'charge.refunds': (api, { id }) =>
    emptyList(
      `/v1/charges/${id}/refunds`,
      api.store
        .all('refund')
        .filter((refund) => refund.charge === id)
        .reverse(),
    ),
  'checkout.session.line_items': (api, { id }) => checkoutLines(api, id),
  'coupon.applies_to': (api, { id }) => {
    const products = productsOf(api, id);
    return products ? { products } : undefined;
  },
  'price.tiers': (api, { id }) => api.store.find('_tiers', id)?.tiers,
  'product.default_price': (_, of) => of['default_price'],
};

function resolve(api: Api, id: string, key: string): unknown {
  if (key === 'coupon') return api.store.find('coupon', id) ?? deletedCoupon(api, id) ?? id;
  if (key === 'schedule') return api.store.find('subscription_schedule', id) ?? id;
  const table = PREFIXES[id.slice(0, id.indexOf('_'))];
  return (table && api.store.find(table, id)) ?? id;
}

function expandPath(api: Api, node: unknown, path: string[], whole: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return node;
  if (Array.isArray(node)) return node.map((each) => expandPath(api, each, path, whole));
  if (typeof node !== 'object' || node === null) return node;
  const of = node as Json;
  const include = of.object && of.id ? INCLUDABLE[`${of.object}.${key}`] : undefined;
  let value =
    include && of[key] === undefined ? include(api, of as Json & { id: string }) : of[key];
  if (value === undefined && !include)
    throw invalid(`This property cannot be expanded (${whole}).`, 'expand');
  if (typeof value === 'string') {
    const found = resolve(api, value, key);
    if (found === value) throw invalid(`This property cannot be expanded (${whole}).`, 'expand');
    value = found;
  } else if (Array.isArray(value))
    value = value.map((each) => (typeof each === 'string' ? resolve(api, each, key) : each));
  return { ...of, [key]: expandPath(api, value, rest, whole) };
}

/** Replaces references named by `expand[]` with the objects they point to, at most four levels deep. */
export function expand(api: Api, answer: object, paths: string[]): object {
  let out: unknown = answer;
  for (const path of paths) {
    const keys = path.split('.');
    if (keys.length - (keys[0] === 'data' ? 1 : 0) > 4)
      throw invalid(`You cannot expand more than 4 levels of a property: ${path}`, 'expand');
    out = expandPath(api, out, keys, path);
  }
  return out as object;
}
