import { SUBSCRIPTION } from '@/sandbox/stripe/resting-billing';
import { invalid, notImplemented } from '@/sandbox/http/errors';
import type { Api } from '@/sandbox/stripe/api';
import { emptyList } from '@/sandbox/stripe/api';
import { requireOneCurrency } from '@/sandbox/stripe/customer-currency';
import { newId } from '@/sandbox/stripe/ids';
import { nextBoundary } from '@/sandbox/stripe/periods';
import { planOf } from '@/sandbox/stripe/pricing';
import { ratesOf } from '@/sandbox/stripe/tax-rate-routes';
import type { Price, Subscription, SubscriptionItem, TaxRate } from '@/sandbox/stripe/wire';

export type NewSubscription = {
  customer: string;
  items: { price: string; quantity?: number; metadata?: Record<string, string> }[];
  behavior?: string;
  trialEnd?: number | null;
  anchor?: number | undefined;
  collection?: string | undefined;
  daysUntilDue?: number | undefined;
  defaultMethod?: string | null;
  cancelAt?: number | null;
  cancelAtPeriodEnd?: boolean;
  discounts?: { coupon?: string; promotion_code?: string }[];
  addItems?: { price: string; quantity?: number }[];
  metadata?: Record<string, string>;
  description?: string | null;
  trialSettings?: Subscription['trial_settings'];
  saveDefault?: string | undefined;
  offSession?: boolean;
  /** A person answered the card's challenge on the hosted page. */
  authenticated?: boolean;
  checkout?: string;
  itemised?: boolean;
  taxRates?: TaxRate[];
};

type AskedBilling = {
  billing_mode?: { type: string; flexible?: { proration_discounts?: string } };
  default_tax_rates?: string[] | '' | null;
};

/** How a request wants discounts of prorations shown, and its tax rates. Classic billing is left out. */
export function billingOf(
  api: Api,
  p: AskedBilling,
): Pick<NewSubscription, 'itemised' | 'taxRates'> {
  if (p.billing_mode && p.billing_mode.type !== 'flexible')
    throw notImplemented(`billing_mode ${p.billing_mode.type}`, 'billing_mode[type]');
  return {
    itemised: p.billing_mode?.flexible?.proration_discounts === 'itemized',
    taxRates: ratesOf(api, p.default_tax_rates) ?? [],
  };
}

type EndBehavior = { billing_cycle_anchor?: string | null; missing_payment_method?: string };

/** What a request says about the end of a trial, with Stripe's defaults. */
export function trialSettings(p: {
  trial_settings?: { end_behavior?: EndBehavior };
}): Subscription['trial_settings'] {
  const asked = p.trial_settings?.end_behavior;
  return {
    end_behavior: {
      billing_cycle_anchor: asked?.billing_cycle_anchor ?? null,
      missing_payment_method: asked?.missing_payment_method ?? 'create_invoice',
    },
  };
}

/** A price that a subscription can have. Throws 400 at `param` for one that is inactive or not recurring. */
export function recurringPrice(api: Api, id: string, param: string): Price {
  const price = api.require('price', id, param);
  if (!price.active)
    throw invalid(`The price specified is inactive. This field only accepts active prices.`, param);
  if (!price.recurring)
    throw invalid(
      'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
      param,
    );
  return price;
}

/** An item whose first period runs from `now` to `end` (unix seconds); one unit where no quantity is named. */
export function newItem(
  sub: string,
  price: Price,
  now: number,
  end: number,
  quantity?: number,
  metadata?: Record<string, string>,
): SubscriptionItem {
  return {
    id: newId('si', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: now,
    current_period_end: end,
    current_period_start: now,
    current_trial: null,
    discounts: [],
    metadata: metadata ?? {},
    plan: planOf(price),
    price,
    ...(price.recurring?.usage_type === 'metered' ? {} : { quantity: quantity ?? 1 }),
    subscription: sub,
    tax_rates: [],
  };
}

export function itemList(id: string, items: SubscriptionItem[]): Subscription['items'] {
  return emptyList(`/v1/subscription_items?subscription=${id}`, items);
}

/** The prices of a new subscription, which must share interval and currency. */
function matchingPrices(api: Api, input: NewSubscription) {
  const prices = input.items.map((item, index) =>
    recurringPrice(api, item.price, `items[${index}][price]`),
  );
  const first = prices[0];
  if (!first?.recurring)
    throw invalid('Missing required param: items.', 'items', 'parameter_missing');
  const { interval, interval_count } = first.recurring;
  if (
    prices.some(
      (price) =>
        price.recurring?.interval !== interval || price.recurring.interval_count !== interval_count,
    )
  )
    throw invalid(
      'All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count`.',
      'items',
    );
  if (prices.some((price) => price.currency !== first.currency))
    throw invalid('All prices on a subscription must use the same currency.', 'items');
  requireOneCurrency(api, input.customer, first.currency);
  return { prices, first, recurring: first.recurring };
}

function plannedEnd(input: NewSubscription, now: number, end: number) {
  return {
    cancel_at: input.cancelAtPeriodEnd ? end : (input.cancelAt ?? null),
    cancel_at_period_end: input.cancelAtPeriodEnd ?? false,
    canceled_at: input.cancelAtPeriodEnd || input.cancelAt ? now : null,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: input.cancelAtPeriodEnd || input.cancelAt ? 'cancellation_requested' : null,
    },
  } satisfies Partial<Subscription>;
}

/** A subscription as it stands before its first invoice. Throws when its prices don't go together. */
export function buildSubscription(api: Api, input: NewSubscription): Subscription {
  const customer = api.store.get('customer', input.customer);
  const now = api.now(customer.test_clock);
  const id = newId('sub');
  const { prices, first, recurring } = matchingPrices(api, input);
  const trialEnd = input.trialEnd && input.trialEnd > now ? input.trialEnd : null;
  const anchor = trialEnd ?? input.anchor ?? now;
  const end = trialEnd ?? nextBoundary(anchor, recurring.interval, recurring.interval_count, now);
  const items = input.items.map((item, index) =>
    newItem(id, prices[index] ?? first, now, end, item.quantity, item.metadata),
  );
  return {
    ...SUBSCRIPTION,
    id,
    billing_cycle_anchor: anchor,
    billing_mode: {
      flexible: { proration_discounts: input.itemised ? 'itemized' : 'included' },
      type: 'flexible',
      updated_at: now,
    },
    ...plannedEnd(input, now, end),
    collection_method: input.collection ?? 'charge_automatically',
    created: now,
    currency: first.currency,
    customer: customer.id,
    days_until_due: input.daysUntilDue ?? null,
    default_payment_method: input.defaultMethod ?? null,
    default_tax_rates: input.taxRates ?? [],
    description: input.description ?? null,
    items: itemList(id, items),
    metadata: input.metadata ?? {},
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: input.saveDefault ?? 'off',
    },
    start_date: now,
    status: trialEnd ? 'trialing' : 'incomplete',
    test_clock: customer.test_clock ?? null,
    trial_end: trialEnd,
    trial_settings: input.trialSettings ?? trialSettings({}),
    trial_start: trialEnd ? now : null,
  };
}
