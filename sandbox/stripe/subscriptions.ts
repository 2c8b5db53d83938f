import type { Api } from '@/sandbox/stripe/api';
import { emptyList } from '@/sandbox/stripe/api';
import { redeem } from '@/sandbox/stripe/discounts';
import { ApiError, invalid } from '@/sandbox/http/errors';
import { newId } from '@/sandbox/stripe/ids';
import { createItem, itemLine } from '@/sandbox/stripe/invoice-lines';
import { attemptInvoice, defaultMethod, intentOf } from '@/sandbox/stripe/invoice-payments';
import { draftInvoice, finalizeInvoice } from '@/sandbox/stripe/invoices';
import { cardDeclined } from '@/sandbox/stripe/payment-methods';
import type { DeclineReason } from '@/sandbox/stripe/charges';
import { nextBoundary } from '@/sandbox/stripe/periods';
import { planOf } from '@/sandbox/stripe/pricing';
import { createSetupIntent } from '@/sandbox/stripe/setup-intents';
import { isLive } from '@/sandbox/stripe/subscription-state';
import type { Invoice, Price, Subscription, SubscriptionItem } from '@/sandbox/stripe/wire';

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
};

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

function build(api: Api, input: NewSubscription): Subscription {
  const customer = api.store.get('customer', input.customer);
  const now = api.now(customer.test_clock);
  const id = newId('sub');
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
  const trialEnd = input.trialEnd && input.trialEnd > now ? input.trialEnd : null;
  const anchor = trialEnd ?? input.anchor ?? now;
  const end = trialEnd ?? nextBoundary(anchor, interval, interval_count, now);
  const items = input.items.map((item, index) =>
    newItem(id, prices[index] ?? first, now, end, item.quantity, item.metadata),
  );
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: null,
    billing_mode: {
      flexible: { proration_discounts: 'included' },
      type: 'flexible',
      updated_at: now,
    },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: input.cancelAtPeriodEnd ? end : (input.cancelAt ?? null),
    cancel_at_period_end: input.cancelAtPeriodEnd ?? false,
    canceled_at: input.cancelAtPeriodEnd || input.cancelAt ? now : null,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: input.cancelAtPeriodEnd || input.cancelAt ? 'cancellation_requested' : null,
    },
    collection_method: input.collection ?? 'charge_automatically',
    created: now,
    currency: first.currency,
    customer: customer.id,
    customer_account: null,
    days_until_due: input.daysUntilDue ?? null,
    default_payment_method: input.defaultMethod ?? null,
    default_source: null,
    default_tax_rates: [],
    description: input.description ?? null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: itemList(id, items),
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: input.metadata ?? {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: input.saveDefault ?? 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: trialEnd ? 'trialing' : 'incomplete',
    test_clock: customer.test_clock ?? null,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: input.trialSettings ?? trialSettings({}),
    trial_start: trialEnd ? now : null,
  };
}

/** Creates a subscription with its first invoice and tries to collect it, as `payment_behavior` says. */
export function createSubscription(api: Api, input: NewSubscription): Subscription {
  const sub = build(api, input);
  const automatic = sub.collection_method === 'charge_automatically';
  if (!automatic && !input.daysUntilDue)
    throw invalid(
      'When creating a subscription with `collection_method` set to `send_invoice`, you must also specify `days_until_due`.',
      'days_until_due',
      'parameter_missing',
    );
  const behavior = input.behavior ?? 'allow_incomplete';
  const method = defaultMethod(api, {
    default_payment_method: sub.default_payment_method,
    customer: sub.customer,
    parent: null,
  });
  const strict = !['default_incomplete', 'allow_incomplete'].includes(behavior);
  if (
    automatic &&
    !method &&
    !sub.trial_end &&
    behavior !== 'default_incomplete' &&
    costs(api, sub)
  )
    throw new ApiError(400, {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message:
        'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.',
    });
  return api.store.attempt(() => {
    api.store.put('subscription', sub);
    const discounts = redeem(api, input.discounts ?? [], {
      customer: sub.customer,
      subscription: sub.id,
      checkout: input.checkout ?? null,
    });
    if (discounts.length) api.store.patch('subscription', sub.id, { discounts });
    for (const extra of input.addItems ?? []) {
      const price = api.require('price', extra.price, 'add_invoice_items[0][price]');
      createItem(api, {
        customer: sub.customer,
        amount: (price.unit_amount ?? 0) * (extra.quantity ?? 1),
        currency: price.currency,
        price,
        quantity: extra.quantity ?? 1,
        subscription: sub.id,
        description: api.store.find('product', price.product)?.name ?? null,
      });
    }
    if (sub.trial_end && automatic && !method)
      api.store.patch('subscription', sub.id, {
        pending_setup_intent: createSetupIntent(api, {
          customer: sub.customer,
          usage: 'off_session',
        }).id,
      });
    if (!automatic && !sub.trial_end) api.store.patch('subscription', sub.id, { status: 'active' });
    api.emit('customer.subscription.created', api.store.get('subscription', sub.id));
    firstInvoice(api, sub.id, automatic && behavior !== 'default_incomplete', input);
    const after = api.store.get('subscription', sub.id);
    if (strict && after.status === 'incomplete') throw declineOf(api, after);
    return after;
  });
}

function costs(api: Api, sub: Subscription): boolean {
  return sub.items.data.some(
    (item) =>
      item.price.recurring?.usage_type !== 'metered' &&
      itemLine(api, sub, item, { start: 0, end: 0 }, false).amount > 0,
  );
}

function firstInvoice(api: Api, id: string, collect: boolean, input: NewSubscription): void {
  const sub = api.store.get('subscription', id);
  const items = sub.items.data.filter((item) => item.price.recurring?.usage_type !== 'metered');
  const lines = items.map((item) =>
    itemLine(
      api,
      sub,
      item,
      { start: item.current_period_start, end: item.current_period_end },
      sub.trial_end !== null,
    ),
  );
  const { id: invoice } = draftInvoice(api, {
    customer: sub.customer,
    subscription: sub,
    reason: 'subscription_create',
    lines,
    currency: sub.currency,
  });
  if (sub.collection_method === 'send_invoice' && lines.some((line) => line.amount > 0)) return;
  finalizeInvoice(api, invoice);
  const due = api.store.get('invoice', invoice).amount_due;
  if (due === 0 || collect)
    attemptInvoice(api, invoice, {
      offSession: input.offSession ?? false,
      authenticated: input.authenticated ?? false,
    });
}

function declineOf(api: Api, sub: Subscription): ApiError {
  const error = intentOf(api, sub.latest_invoice ?? '')?.last_payment_error;
  if (!error)
    return new ApiError(402, {
      type: 'card_error',
      code: 'subscription_payment_intent_requires_action',
      message:
        'Payment for this subscription requires additional user action before it can be completed successfully.',
    });
  return cardDeclined((error.decline_code ?? error.code) as DeclineReason);
}

/** Rolls every item into its next period and drafts the renewal: licensed items ahead, metered ones for the period past. */
export function renew(api: Api, id: string, reason = 'subscription_cycle'): Invoice | undefined {
  const sub = api.store.get('subscription', id);
  const now = api.now(sub.test_clock);
  const wasTrial = sub.status === 'trialing';
  const recurring = sub.items.data[0]?.price.recurring;
  if (!recurring || !isLive(sub)) return undefined;
  const end = nextBoundary(
    sub.billing_cycle_anchor,
    recurring.interval,
    recurring.interval_count,
    now,
  );
  const items = sub.items.data.map((item) => ({
    ...item,
    current_period_start: now,
    current_period_end: end,
  }));
  const lines = sub.items.data.map((item, index) => {
    const metered = item.price.recurring?.usage_type === 'metered';
    const past = { start: item.current_period_start, end: item.current_period_end };
    return itemLine(api, sub, items[index] ?? item, metered ? past : { start: now, end }, false);
  });
  const rolled = api.update('subscription', id, {
    items: itemList(id, items),
    ...(wasTrial ? { status: 'active' } : {}),
    ...(sub.cancel_at_period_end ? { cancel_at: end } : {}),
  });
  const first = sub.items.data[0];
  return draftInvoice(api, {
    customer: sub.customer,
    subscription: rolled,
    reason,
    lines,
    currency: sub.currency,
    period: { start: first?.current_period_start ?? now, end: now },
    ...(sub.pause_collection ? { autoAdvance: false } : {}),
  });
}
