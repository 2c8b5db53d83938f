import type Stripe from 'stripe';
import { invalid, notImplemented } from '@/sandbox/http/errors';
import { route } from '@/sandbox/http/route';
import type { Api } from '@/sandbox/stripe/api';
import { collect, invoiceNow } from '@/sandbox/stripe/invoice-now';
import { creditUnused } from '@/sandbox/stripe/prorated-items';
import { renew } from '@/sandbox/stripe/subscription-renewal';
import { pauseSubscription } from '@/sandbox/stripe/subscription-state';
import type { Subscription } from '@/sandbox/stripe/wire';

function refuseOption(name: string, value: string | undefined, done: string[]): void {
  if (value !== undefined && !done.includes(value))
    throw notImplemented(`${name} ${value}`, name.replaceAll(/\.(\w+)/g, '[$1]'));
}

/** Pauses an active subscription; what was paid for time to come is given back, by default as pending items. */
function pause(api: Api, id: string, p: Stripe.SubscriptionPauseParams): Subscription {
  const sub = api.require('subscription', id);
  if (sub.status !== 'active')
    throw invalid(`The subscription cannot be paused because its status is ${sub.status}.`);
  if (sub.schedule)
    throw invalid(
      `The subscription is managed by the subscription schedule ${sub.schedule}, and cannot be paused. Release the schedule first.`,
    );
  const unused = p.bill_for?.unused_time_from?.type ?? 'now';
  const usage = p.bill_for?.outstanding_usage_through?.type ?? 'now';
  refuseOption('bill_for.unused_time_from.type', unused, ['now', 'none']);
  const metered = sub.items.data.some((item) => item.price.recurring?.usage_type === 'metered');
  if (metered) refuseOption('bill_for.outstanding_usage_through.type', usage, ['none']);
  const credited =
    unused === 'now' ? creditUnused(api, sub, sub.items.data, api.now(sub.test_clock)) : 0;
  if (p.invoicing_behavior === 'invoice' && credited > 0) invoiceNow(api, id, {});
  return pauseSubscription(api, id, 'pause_requested');
}

/** Begins a new period now, from which the anchor counts, and collects its invoice at once. */
export function resume(
  api: Api,
  id: string,
  p: Stripe.SubscriptionResumeParams,
  preview = false,
): Subscription {
  const { status_details: _, ...sub } = api.require('subscription', id);
  if (sub.status !== 'paused')
    throw invalid(
      'The subscription cannot be resumed because it is not paused.',
      undefined,
      'resource_missing',
    );
  if (sub.collection_method !== 'charge_automatically')
    throw invalid(
      'Only subscriptions with `collection_method` set to `charge_automatically` can be resumed.',
    );
  refuseOption('billing_cycle_anchor.type', p.billing_cycle_anchor?.type, ['now']);
  refuseOption('payment_behavior', p.payment_behavior, ['resume_on_payment_attempt']);
  const resumed: Subscription = {
    ...sub,
    status: 'active',
    billing_cycle_anchor: api.now(sub.test_clock),
  };
  api.store.put('subscription', resumed);
  api.emit('customer.subscription.resumed', resumed);
  const invoice = renew(api, id, 'subscription_update');
  if (invoice && !preview) collect(api, id, invoice.id);
  return api.store.get('subscription', id);
}

export const pauseRoutes = [
  route<Stripe.SubscriptionPauseParams>(
    'POST /v1/subscriptions/:id/pause',
    'bill_for.unused_time_from bill_for.outstanding_usage_through invoicing_behavior type',
    (p, { api, id }) => api.store.attempt(() => pause(api, id, p)),
  ),
  route<Stripe.SubscriptionResumeParams>(
    'POST /v1/subscriptions/:id/resume',
    'billing_cycle_anchor payment_behavior proration_behavior',
    (p, { api, id }) => api.store.attempt(() => resume(api, id, p)),
  ),
];
