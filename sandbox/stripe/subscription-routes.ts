import type Stripe from 'stripe';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { invalid, notImplemented } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { resolveMethod } from '@/sandbox/stripe/payment-methods';
import type { ChangeOptions } from '@/sandbox/stripe/invoice-now';
import { changeItems, type ItemChange } from '@/sandbox/stripe/proration';
import {
  cancelNow,
  moveTrial,
  planCancel,
  setDiscounts,
} from '@/sandbox/stripe/subscription-changes';
import { collectionOf } from '@/sandbox/stripe/collection';
import { isLive } from '@/sandbox/stripe/subscription-state';
import { billingOf, trialSettings } from '@/sandbox/stripe/subscription-build';
import { createSubscription } from '@/sandbox/stripe/subscriptions';
import { ratesOf } from '@/sandbox/stripe/tax-rate-routes';
import type { Subscription } from '@/sandbox/stripe/wire';

const SHARED = `items.price items.quantity items.metadata cancel_at cancel_at_period_end collection_method days_until_due default_payment_method description discounts metadata default_tax_rates
  off_session payment_behavior proration_behavior trial_end trial_settings payment_settings.save_default_payment_method payment_settings.payment_method_types`;

type CreateParams = Stripe.SubscriptionCreateParams;

/** The card a subscription names must be the customer's own. */
function methodOf(api: Api, customer: string, asked: string | undefined): string | null {
  if (!asked) return null;
  const method = resolveMethod(api, asked, 'default_payment_method');
  if (method.customer !== customer)
    throw invalid(
      `The customer does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`,
      'default_payment_method',
      'resource_missing',
    );
  return method.id;
}

function trialEndOf(api: Api, p: CreateParams, clock: string | null | undefined): number | null {
  if (typeof p.trial_end === 'number') return p.trial_end;
  return p.trial_period_days ? api.now(clock) + p.trial_period_days * 86_400 : null;
}

function create(api: Api, p: CreateParams): Subscription {
  const customer = api.require('customer', p.customer ?? '', 'customer');
  if (p.payment_behavior === 'pending_if_incomplete')
    throw notImplemented('payment_behavior pending_if_incomplete', 'payment_behavior');
  if (typeof p.cancel_at === 'string')
    throw notImplemented(`cancel_at ${p.cancel_at}`, 'cancel_at');
  return createSubscription(api, {
    customer: customer.id,
    items: (p.items ?? []).map((item, index) => {
      if (!item.price)
        throw invalid(
          `Missing required param: items[${index}][price].`,
          `items[${index}][price]`,
          'parameter_missing',
        );
      return {
        price: item.price,
        ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
        metadata: mergeMetadata({}, item.metadata),
      };
    }),
    addItems: (p.add_invoice_items ?? []).map((item) => ({
      price: item.price ?? '',
      quantity: item.quantity ?? 1,
    })),
    ...(p.payment_behavior ? { behavior: p.payment_behavior } : {}),
    trialEnd: trialEndOf(api, p, customer.test_clock),
    anchor: p.billing_cycle_anchor,
    collection: p.collection_method,
    daysUntilDue: p.days_until_due,
    defaultMethod: methodOf(api, customer.id, p.default_payment_method),
    cancelAt: typeof p.cancel_at === 'number' ? p.cancel_at : null,
    cancelAtPeriodEnd: p.cancel_at_period_end ?? false,
    discounts: (p.discounts || []) as { coupon?: string }[],
    metadata: mergeMetadata({}, p.metadata),
    description: p.description || null,
    trialSettings: trialSettings(p),
    saveDefault: p.payment_settings?.save_default_payment_method,
    offSession: p.off_session || false,
    ...billingOf(api, p),
  });
}

/** What an update says about fields that neither bill nor prorate. */
function plainChanges(
  api: Api,
  sub: Subscription,
  p: Stripe.SubscriptionUpdateParams,
): Partial<Subscription> {
  const pause = p.pause_collection;
  return {
    ...planCancel(sub, p, api.now(sub.test_clock)),
    ...(p.metadata === undefined ? {} : { metadata: mergeMetadata(sub.metadata, p.metadata) }),
    ...(p.default_payment_method === undefined
      ? {}
      : {
          default_payment_method: methodOf(
            api,
            sub.customer,
            p.default_payment_method || undefined,
          ),
        }),
    ...(p.description === undefined ? {} : { description: p.description || null }),
    ...(p.default_tax_rates === undefined
      ? {}
      : { default_tax_rates: ratesOf(api, p.default_tax_rates) ?? [] }),
    ...collectionOf(sub, p.collection_method, p.days_until_due),
    ...(pause === undefined
      ? {}
      : {
          pause_collection: pause
            ? { behavior: pause.behavior, resumes_at: pause.resumes_at ?? null }
            : null,
        }),
    ...(p.trial_settings ? { trial_settings: trialSettings(p) } : {}),
    ...saveCardsAs(sub, p.payment_settings?.save_default_payment_method),
  };
}

function saveCardsAs(
  { payment_settings: settings }: Subscription,
  saved: string | undefined,
): Partial<Subscription> {
  if (!saved || !settings) return {};
  if (saved !== 'off' && saved !== 'on_subscription')
    throw invalid(
      `Invalid payment_settings[save_default_payment_method]: must be one of off or on_subscription`,
      'payment_settings[save_default_payment_method]',
    );
  return { payment_settings: { ...settings, save_default_payment_method: saved } };
}

/** What Stripe does for one update, in its order; `preview` collects nothing. Throws Stripe’s errors, with nothing changed by the caller’s `attempt`. */
export function updateSubscription(
  api: Api,
  id: string,
  p: Stripe.SubscriptionUpdateParams,
  preview = false,
): Subscription {
  const sub = api.require('subscription', id);
  if (
    !isLive(sub) &&
    Object.keys(p).some((key) => key !== 'metadata' && key !== 'cancellation_details')
  )
    throw invalid(
      'A canceled subscription can only update its cancellation_details and metadata.',
      undefined,
      'invalid_canceled_subscription_fields',
    );
  if (p.payment_behavior === 'pending_if_incomplete')
    throw notImplemented('payment_behavior pending_if_incomplete', 'payment_behavior');
  const options: ChangeOptions = {
    behavior: p.proration_behavior,
    date: p.proration_date,
    anchorNow: p.billing_cycle_anchor?.type === 'now',
    payment: p.payment_behavior,
    preview,
  };
  if (typeof p.cancel_at === 'string' && p.cancel_at)
    throw notImplemented(`cancel_at ${p.cancel_at}`, 'cancel_at');
  if (sub.schedule && [p.cancel_at, p.cancel_at_period_end].some((each) => each !== undefined))
    throw invalid(
      `The subscription is managed by the subscription schedule \`${sub.schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`,
      p.cancel_at === undefined ? 'cancel_at_period_end' : 'cancel_at',
    );
  return api.store.attempt(() => {
    const discounts = setDiscounts(api, sub, p.discounts);
    api.update('subscription', id, {
      ...plainChanges(api, sub, p),
      ...(discounts ? { discounts } : {}),
    });
    if (p.trial_end !== undefined) moveTrial(api, id, p.trial_end, options);
    if (p.items?.length || options.anchorNow)
      changeItems(api, id, (p.items ?? []) as ItemChange[], options);
    return api.store.get('subscription', id);
  });
}

export const subscriptionRoutes = [
  route<CreateParams>(
    'POST /v1/subscriptions',
    `${SHARED} customer trial_period_days add_invoice_items.price add_invoice_items.quantity billing_cycle_anchor currency billing_mode.type billing_mode.flexible.proration_discounts`,
    (p, { api }) => create(api, p),
  ),
  listRoute(
    'GET /v1/subscriptions',
    'customer status price created collection_method test_clock',
    'subscription',
    (p: Stripe.SubscriptionListParams, row) =>
      (!p.customer || row.customer === p.customer) &&
      (p.status === 'all' ||
        (p.status
          ? p.status === 'ended'
            ? !isLive(row)
            : row.status === p.status
          : isLive(row))) &&
      (!p.test_clock || row.test_clock === p.test_clock) &&
      (!p.collection_method || row.collection_method === p.collection_method) &&
      (!p.price || row.items.data.some((item) => item.price.id === p.price)),
  ),
  route('GET /v1/subscriptions/:id', '', (_, { api, id }) => api.require('subscription', id)),
  route<Stripe.SubscriptionUpdateParams>(
    'POST /v1/subscriptions/:id',
    `${SHARED} items.id items.deleted billing_cycle_anchor proration_date pause_collection cancellation_details`,
    (p, { api, id }) => updateSubscription(api, id, p),
  ),
  route<Stripe.SubscriptionCancelParams>(
    'DELETE /v1/subscriptions/:id',
    'cancellation_details invoice_now prorate',
    (p, { api, id }) => cancelNow(api, id, p as Parameters<typeof cancelNow>[2]),
  ),
];
