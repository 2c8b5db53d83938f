import type Stripe from 'stripe';
import { ApiError, missing } from '@/sandbox/http/errors';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { createItem } from '@/sandbox/stripe/invoice-lines';
import { renew } from '@/sandbox/stripe/subscription-renewal';
import type { ItemChange } from '@/sandbox/stripe/proration';
import { cancelNow } from '@/sandbox/stripe/subscription-changes';
import { updateSubscription } from '@/sandbox/stripe/subscription-routes';
import { isLive } from '@/sandbox/stripe/subscription-state';
import { billingOf } from '@/sandbox/stripe/subscription-build';
import { resume } from '@/sandbox/stripe/subscription-pause';
import { createSubscription } from '@/sandbox/stripe/subscriptions';
import type { Invoice, Subscription } from '@/sandbox/stripe/wire';

type Params = Stripe.InvoiceCreatePreviewParams;

const none = () =>
  new ApiError(404, {
    type: 'invalid_request_error',
    code: 'invoice_upcoming_none',
    message: 'No upcoming invoices for customer',
  });

/** The draft of the next renewal, as of the end of the running period. */
function nextRenewal(api: Api, id: string): Invoice {
  const sub = api.store.get('subscription', id);
  const end = sub.items.data[0]?.current_period_end;
  if (
    !isLive(sub) ||
    sub.status === 'paused' ||
    end === undefined ||
    (sub.cancel_at !== null && sub.cancel_at <= end)
  )
    throw none();
  if (sub.test_clock)
    api.store.patch('test_helpers.test_clock', sub.test_clock, { frozen_time: end });
  const invoice = api.at(end, () => renew(api, id, 'upcoming'));
  if (!invoice) throw none();
  return invoice;
}

function ofExisting(api: Api, sub: Subscription, p: Params): Invoice {
  // Other discounts alone are a change as well.
  const details = p.subscription_details ?? (p.discounts === undefined ? undefined : {});
  const before = sub.latest_invoice;
  if (details?.cancel_now)
    cancelNow(
      api,
      sub.id,
      { invoice_now: true, prorate: details.proration_behavior !== 'none' },
      true,
    );
  else if (details?.resume_at) resume(api, sub.id, {}, true);
  else if (details)
    updateSubscription(
      api,
      sub.id,
      {
        ...(details.items
          ? { items: details.items as ItemChange[] as Stripe.SubscriptionUpdateParams.Item[] }
          : {}),
        ...(details.proration_behavior ? { proration_behavior: details.proration_behavior } : {}),
        ...(details.proration_date === undefined ? {} : { proration_date: details.proration_date }),
        ...(details.trial_end === undefined ? {} : { trial_end: details.trial_end }),
        ...(details.cancel_at_period_end === undefined
          ? {}
          : { cancel_at_period_end: details.cancel_at_period_end }),
        ...(typeof details.billing_cycle_anchor === 'string'
          ? { billing_cycle_anchor: { type: details.billing_cycle_anchor } }
          : {}),
        ...(p.discounts === undefined ? {} : { discounts: p.discounts }),
        ...(details.default_tax_rates === undefined
          ? {}
          : { default_tax_rates: details.default_tax_rates }),
      } as Stripe.SubscriptionUpdateParams,
      true,
    );
  const after = api.store.get('subscription', sub.id).latest_invoice;
  return after && after !== before ? api.store.get('invoice', after) : nextRenewal(api, sub.id);
}

function ofNew(api: Api, customer: string, p: Params): Invoice {
  const details = p.subscription_details;
  if (!details?.items?.length) {
    const sub = api.store
      .all('subscription')
      .findLast((each) => each.customer === customer && isLive(each));
    if (!sub) throw none();
    return ofExisting(api, sub, p);
  }
  const sub = createSubscription(api, {
    customer,
    items: details.items.map((item) => ({
      price: item.price ?? '',
      ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
      metadata: mergeMetadata({}, item.metadata),
    })),
    behavior: 'default_incomplete',
    trialEnd: typeof details.trial_end === 'number' ? details.trial_end : null,
    discounts: (p.discounts || []) as { coupon?: string }[],
    ...billingOf(api, details),
  });
  return api.store.get('invoice', sub.latest_invoice ?? '');
}

/** What an invoice would be if the change were made: it is made for real, looked at, and taken back. */
export function createPreview(api: Api, p: Params): Invoice {
  const sub = p.subscription
    ? api.require('subscription', p.subscription, 'subscription')
    : undefined;
  const customer = sub?.customer ?? p.customer;
  if (!customer || !api.store.find('customer', customer))
    throw missing('customer', customer ?? '', 'customer');
  const made = api.store.attempt(
    () =>
      api.silently(() => {
        for (const item of p.invoice_items ?? [])
          createItem(api, {
            customer,
            amount: item.amount ?? (item.unit_amount ?? 0) * (item.quantity ?? 1),
            currency: item.currency ?? sub?.currency ?? 'usd',
            description: item.description ?? null,
            quantity: item.quantity ?? 1,
          });
        return sub ? ofExisting(api, sub, p) : ofNew(api, customer, p);
      }),
    () => false,
  );
  return asUpcoming(made);
}

/** A preview has no number, no pages and no payments; its id says that it was never made. */
export function asUpcoming(made: Invoice): Invoice {
  const id = `upcoming_${made.id}`;
  return {
    ...made,
    id,
    attempted: false,
    automatically_finalizes_at: null,
    billing_reason: made.billing_reason === 'subscription_cycle' ? 'upcoming' : made.billing_reason,
    effective_at: null,
    hosted_invoice_url: null,
    lines: {
      ...made.lines,
      data: made.lines.data.map((line) => ({ ...line, invoice: id })),
      url: `/v1/invoices/${id}/lines`,
    },
    number: null,
    status: 'draft',
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
  };
}
