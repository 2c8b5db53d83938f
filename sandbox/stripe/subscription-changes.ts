import type Stripe from 'stripe';
import { invalid, missing } from '@/sandbox/http/errors';
import type { Api } from '@/sandbox/stripe/api';
import { redeem } from '@/sandbox/stripe/discounts';
import { type ChangeOptions, collect, invoiceNow, usedLines } from '@/sandbox/stripe/invoice-now';
import { creditUnused } from '@/sandbox/stripe/prorated-items';
import { itemList } from '@/sandbox/stripe/subscription-build';
import { renew } from '@/sandbox/stripe/subscription-renewal';
import { endSubscription, isLive } from '@/sandbox/stripe/subscription-state';
import type { Subscription } from '@/sandbox/stripe/wire';

/** Ends a trial now (the first paid period starts and is collected), or moves its end. */
export function moveTrial(api: Api, id: string, end: number | 'now', options: ChangeOptions): void {
  const sub = api.store.get('subscription', id);
  const now = api.now(sub.test_clock);
  if (end !== 'now' && end <= now)
    throw invalid(
      'Invalid timestamp: must be an integer Unix timestamp in the future.',
      'trial_end',
    );
  if (end === 'now' && sub.status !== 'trialing') return;
  const until = end === 'now' ? now : end;
  const items = sub.items.data.map((item) => ({
    ...item,
    current_period_end: until,
    ...(end === 'now' ? {} : { current_period_start: now }),
  }));
  api.update('subscription', id, {
    billing_cycle_anchor: until,
    items: itemList(id, items),
    trial_end: until,
    trial_start: sub.trial_start ?? now,
    ...(end === 'now' ? {} : { status: 'trialing' }),
  });
  if (end !== 'now') return;
  const invoice = renew(api, id, 'subscription_update');
  if (invoice && !options.preview) collect(api, id, invoice.id, options.payment);
}

type CancelParams = {
  invoice_now?: boolean;
  prorate?: boolean;
  cancellation_details?: { comment?: string | null; feedback?: string | null };
};

/** Ends a subscription now, with credit for unused time and an invoice of what is pending where they are asked for. Throws 404 for one that is over. */
export function cancelNow(api: Api, id: string, p: CancelParams, preview = false): Subscription {
  const sub = api.require('subscription', id);
  if (!isLive(sub)) throw missing('subscription', id);
  const now = api.now(sub.test_clock);
  if (p.prorate && sub.status !== 'trialing') creditUnused(api, sub, sub.items.data, now);
  if (p.invoice_now) invoiceNow(api, id, { preview }, usedLines(api, sub, now));
  return endSubscription(api, id, 'cancellation_requested', p.cancellation_details);
}

/** `cancel_at` and `cancel_at_period_end` as one rule: the second is the first with the period's end for a date. */
export function planCancel(
  sub: Subscription,
  p: Pick<
    Stripe.SubscriptionUpdateParams,
    'cancel_at' | 'cancel_at_period_end' | 'cancellation_details'
  >,
  now: number,
): Partial<Subscription> {
  const end = sub.items.data[0]?.current_period_end ?? now;
  const details = {
    comment: null,
    feedback: null,
    feedback_option: null,
    ...sub.cancellation_details,
    ...(p.cancellation_details as
      | { comment?: string | null; feedback?: string | null }
      | undefined),
  };
  const none = {
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { ...details, reason: null },
  };
  if (p.cancel_at_period_end)
    return {
      cancel_at: end,
      cancel_at_period_end: true,
      canceled_at: now,
      cancellation_details: { ...details, reason: 'cancellation_requested' },
    };
  if (typeof p.cancel_at === 'number')
    return {
      cancel_at: p.cancel_at,
      cancel_at_period_end: false,
      canceled_at: now,
      cancellation_details: { ...details, reason: 'cancellation_requested' },
    };
  if (p.cancel_at_period_end === false || p.cancel_at === null || p.cancel_at === '') return none;
  return p.cancellation_details
    ? { cancellation_details: { ...details, reason: details.reason ?? null } }
    : {};
}

/** The discounts that take the place of a subscription’s own, redeemed; undefined where nothing is said of them. Throws Stripe’s errors. */
export function setDiscounts(
  api: Api,
  sub: Subscription,
  discounts: Stripe.SubscriptionUpdateParams['discounts'],
): string[] | undefined {
  if (discounts === undefined) return undefined;
  return redeem(api, (discounts || []) as { coupon?: string }[], {
    customer: sub.customer,
    subscription: sub.id,
  });
}
