import { type Answer } from '@/sandbox/paypal/endpoint';
import { notFound, refused } from '@/sandbox/paypal/errors';
import { baseOf, tell } from '@/sandbox/paypal/events';
import { moneyOf, timeOf } from '@/sandbox/paypal/money';
import type { Link, Plan, Subscription, SubscriptionStatus } from '@/sandbox/paypal/records';
import type { Api } from '@/sandbox/stripe/api';

export function requireSubscription(api: Api, id: string): Subscription {
  const sub = api.store.find('paypal.subscription', id);
  if (!sub) throw notFound(id);
  return sub;
}

export function planOf(api: Api, sub: Subscription): Plan {
  return api.store.get('paypal.plan', sub.plan);
}

/** Refuses what can't be done in the subscription's status. */
export function mustBe(sub: Subscription, ...allowed: SubscriptionStatus[]): void {
  if (!allowed.includes(sub.status))
    throw refused(
      'SUBSCRIPTION_STATUS_INVALID',
      `Invalid subscription status for this action: it is ${sub.status} and should be ${allowed.join(' or ')}.`,
    );
}

function executions(plan: Plan, sub: Subscription): object[] {
  return plan.billing_cycles.map(({ tenure_type, sequence, total_cycles }) => {
    const done = sub.done[sequence] ?? 0;
    return {
      tenure_type,
      sequence,
      cycles_completed: done,
      cycles_remaining: total_cycles === 0 ? 0 : total_cycles - done,
      total_cycles,
    };
  });
}

function links(api: Api, sub: Subscription): Link[] {
  const self = `${baseOf(api)}/v1/billing/subscriptions/${sub.id}`;
  const post = (rel: string) => ({ href: `${self}/${rel}`, rel, method: 'POST' });
  const open = api.store
    .all('paypal.approval')
    .find((each) => each.of === sub.id && each.kind === 'subscription' && !each.answered);
  const approve = { href: `${baseOf(api)}/approve/${open?.id}`, rel: 'approve', method: 'GET' };
  const verbs: Partial<Record<SubscriptionStatus, Link[]>> = {
    APPROVAL_PENDING: open ? [approve] : [],
    ACTIVE: [post('cancel'), post('suspend'), post('capture')],
    SUSPENDED: [post('cancel'), post('activate'), post('capture')],
  };
  return [...(verbs[sub.status] ?? []), { href: self, rel: 'self', method: 'GET' }];
}

/** As PayPal shows it. */
export function shownSubscription(api: Api, sub: Subscription): object {
  const { currency } = sub;
  const last = sub.last_payment;
  return {
    id: sub.id,
    plan_id: sub.plan,
    start_time: timeOf(sub.start),
    quantity: String(sub.quantity),
    status: sub.status,
    ...(sub.status_note ? { status_change_note: sub.status_note } : {}),
    status_update_time: timeOf(sub.status_changed),
    ...(sub.custom_id ? { custom_id: sub.custom_id } : {}),
    subscriber: sub.subscriber,
    ...(sub.status === 'APPROVAL_PENDING'
      ? {}
      : {
          billing_info: {
            outstanding_balance: moneyOf(sub.outstanding, currency),
            cycle_executions: executions(planOf(api, sub), sub),
            ...(last
              ? {
                  last_payment: { amount: moneyOf(last.amount, currency), time: timeOf(last.time) },
                }
              : {}),
            ...(sub.next_billing === null ? {} : { next_billing_time: timeOf(sub.next_billing) }),
            failed_payments_count: sub.failed_payments,
          },
        }),
    create_time: timeOf(sub.created),
    update_time: timeOf(sub.status_changed),
    plan_overridden: false,
    links: links(api, sub),
  };
}

export const showing = (api: Api, sub: Subscription, status = 200): Answer => ({
  status,
  body: shownSubscription(api, sub),
});

const SUMMARIES: Record<string, string> = {
  CREATED: 'Subscription created',
  ACTIVATED: 'Subscription activated',
  UPDATED: 'Subscription updated',
  SUSPENDED: 'Subscription suspended',
  CANCELLED: 'Subscription cancelled',
  EXPIRED: 'Subscription expired',
  'PAYMENT.FAILED': 'Payment failed for subscription',
};

/** Tells `BILLING.SUBSCRIPTION.<what>` with the subscription as it is now. */
export function tellSubscription(api: Api, id: string, what: string): void {
  const sub = api.store.get('paypal.subscription', id);
  const summary = SUMMARIES[what] ?? what;
  const resource = shownSubscription(api, sub);
  tell(api, `BILLING.SUBSCRIPTION.${what}`, summary, 'subscription', resource, sub.test_clock);
}

export function moveTo(
  api: Api,
  id: string,
  status: SubscriptionStatus,
  note: string | null,
  change: Partial<Subscription> = {},
): Subscription {
  const { test_clock } = api.store.get('paypal.subscription', id);
  return api.store.patch('paypal.subscription', id, {
    ...change,
    status,
    status_note: note,
    status_changed: api.now(test_clock),
  });
}
