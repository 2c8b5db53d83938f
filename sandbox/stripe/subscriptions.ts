import type { Api } from '@/sandbox/stripe/api';
import { redeem } from '@/sandbox/stripe/discounts';
import { ApiError, invalid } from '@/sandbox/http/errors';
import { createItem, itemLine } from '@/sandbox/stripe/invoice-lines';
import { attemptInvoice, defaultMethod, intentOf } from '@/sandbox/stripe/invoice-payments';
import { draftInvoice, finalizeInvoice } from '@/sandbox/stripe/invoices';
import { cardDeclined } from '@/sandbox/stripe/payment-methods';
import type { DeclineReason } from '@/sandbox/stripe/charges';
import { createSetupIntent } from '@/sandbox/stripe/setup-intents';
import { buildSubscription, type NewSubscription } from '@/sandbox/stripe/subscription-build';
import type { Subscription } from '@/sandbox/stripe/wire';

/** Creates a subscription with its first invoice and tries to collect it, as `payment_behavior` says. */
export function createSubscription(api: Api, input: NewSubscription): Subscription {
  const sub = buildSubscription(api, input);
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
    throw noMethod();
  return api.store.attempt(() => {
    api.store.put('subscription', sub);
    const discounts = redeem(api, input.discounts ?? [], {
      customer: sub.customer,
      subscription: sub.id,
      checkout: input.checkout ?? null,
    });
    if (discounts.length) api.store.patch('subscription', sub.id, { discounts });
    addOneTimeItems(api, sub, input);
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

function addOneTimeItems(api: Api, sub: Subscription, input: NewSubscription): void {
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
}

function noMethod(): ApiError {
  return new ApiError(400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message:
      'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.',
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
