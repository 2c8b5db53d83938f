import type { Api } from '@/sandbox/stripe/api';
import type { Subscription } from '@/sandbox/stripe/wire';

/**
 * What happens to unpaid renewals: days between attempts, then the end. The account's setting at Stripe; it begins here
 * as docs/billing/dunning.md wants it.
 */
export type Dunning = {
  retry_days: number[];
  /** After the due date of an invoice that was sent: so long a subscription is past due before it comes to its end. */
  overdue_days: number;
  then: 'cancel' | 'unpaid' | 'past_due';
};

/** The account’s setting, as far as a test or the control page has set one. */
export function dunning(api: Api): Dunning {
  const set = api.store.find('_settings', 'dunning')?.value as Partial<Dunning> | undefined;
  return { retry_days: [3, 5, 7], overdue_days: 30, then: 'unpaid', ...set };
}

export const isLive = (sub: Subscription) =>
  !['canceled', 'incomplete_expired'].includes(sub.status);

/** A schedule has nothing left to do when its subscription ends. */
function cancelScheduleOf(api: Api, sub: Subscription): void {
  const schedule = api.store.find('subscription_schedule', sub.schedule);
  if (schedule?.status !== 'active') return;
  api.update(
    'subscription_schedule',
    schedule.id,
    { status: 'canceled', canceled_at: api.now(sub.test_clock), current_phase: null },
    'subscription_schedule.canceled',
  );
}

/** Nothing that is open is charged by itself once its customer has cancelled; it can still be paid. */
function stopCollecting(api: Api, { customer }: Subscription): void {
  for (const invoice of api.store.all('invoice')) {
    const open = invoice.customer === customer && invoice.status === 'open';
    if (!open || invoice.collection_method !== 'charge_automatically') continue;
    api.update('invoice', invoice.id, { auto_advance: false, next_payment_attempt: null });
  }
}

/** Ends a subscription for good at the current time of its clock. */
export function endSubscription(
  api: Api,
  id: string,
  reason: string,
  details?: { comment?: string | null; feedback?: string | null },
): Subscription {
  const sub = api.store.get('subscription', id);
  const now = api.now(sub.test_clock);
  const ended = api.store.patch('subscription', id, {
    canceled_at: sub.canceled_at ?? now,
    cancellation_details: {
      comment: details?.comment ?? sub.cancellation_details?.comment ?? null,
      feedback: details?.feedback ?? sub.cancellation_details?.feedback ?? null,
      feedback_option: null,
      reason: sub.cancellation_details?.reason ?? reason,
    },
    ended_at: now,
    status: 'canceled',
  });
  api.emit('customer.subscription.deleted', ended);
  cancelScheduleOf(api, sub);
  stopCollecting(api, sub);
  return ended;
}

/** No period runs and nothing renews until it is resumed; why is told in `status_details`. */
export function pauseSubscription(api: Api, id: string, type: string): Subscription {
  const { test_clock } = api.store.get('subscription', id);
  const paused = api.store.patch('subscription', id, {
    status: 'paused',
    status_details: {
      paused: {
        subscription: { type },
        transitioned_at: api.now(test_clock),
        type: 'subscription',
      },
    },
  });
  api.emit('customer.subscription.paused', paused);
  return paused;
}

/** An invoice of the subscription was paid: whatever waited for the money becomes active. */
export function subscriptionPaid(api: Api, id: string, invoice: string): void {
  const sub = api.store.get('subscription', id);
  const trialing = sub.trial_end !== null && sub.trial_end > api.now(sub.test_clock);
  if (sub.status === 'incomplete')
    api.update('subscription', id, { status: trialing ? 'trialing' : 'active' });
  else if ((sub.status === 'past_due' || sub.status === 'unpaid') && owesNothing(api, id, invoice))
    api.update('subscription', id, { status: 'active' });
}

/** Renewals that were only drafted while it was unpaid don't count: nobody asked for that money yet. */
function owesNothing(api: Api, id: string, paid: string): boolean {
  const [newest] = api.store
    .all('invoice')
    .filter(
      (each) =>
        each.parent?.subscription_details?.subscription === id &&
        each.status !== 'draft' &&
        each.status !== 'void',
    )
    .sort((a, b) => b.created - a.created);
  return newest?.id === paid;
}

/** A renewal could not be charged. `final` when no attempt is left. */
export function subscriptionUnpaid(api: Api, id: string, final: boolean): void {
  const sub = api.store.get('subscription', id);
  if (!isLive(sub) || sub.status === 'incomplete') return;
  const { then } = dunning(api);
  if (final && then === 'cancel') endSubscription(api, id, 'payment_failed');
  else
    api.update('subscription', id, { status: final && then === 'unpaid' ? 'unpaid' : 'past_due' });
}
