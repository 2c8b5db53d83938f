import type { Api } from '@/sandbox/stripe/api';
import { payPalJobs } from '@/sandbox/paypal/billing';
import { expireCheckout } from '@/sandbox/stripe/checkout';
import {
  attemptInvoice,
  defaultMethod,
  markUncollectible,
  voidInvoice,
} from '@/sandbox/stripe/invoice-payments';
import { finalizeInvoice } from '@/sandbox/stripe/invoices';
import { draftLast } from '@/sandbox/stripe/invoice-now';
import { type Job, once } from '@/sandbox/stripe/once';
import { overdueJobs } from '@/sandbox/stripe/overdue';
import { createPreview } from '@/sandbox/stripe/preview';
import { refundJobs } from '@/sandbox/stripe/refunds';
import { endPhase } from '@/sandbox/stripe/schedules';
import { endSubscription, isLive, pauseSubscription } from '@/sandbox/stripe/subscription-state';
import { renew } from '@/sandbox/stripe/subscription-renewal';
import type { Invoice, Subscription } from '@/sandbox/stripe/wire';

const TRIAL_WARNING = 3 * 86_400;
const UPCOMING_WARNING = 7 * 86_400;
const INCOMPLETE_LIFE = 23 * 3600;

function endTrial(api: Api, sub: Subscription): void {
  const method = defaultMethod(api, {
    default_payment_method: sub.default_payment_method,
    customer: sub.customer,
    parent: null,
  });
  const then = sub.trial_settings?.end_behavior.missing_payment_method;
  if (method || sub.collection_method === 'send_invoice' || then === 'create_invoice' || !then)
    return renewAsPaused(api, sub);
  if (then === 'cancel') {
    endSubscription(api, sub.id, 'payment_failed');
    return;
  }
  pauseSubscription(api, sub.id, 'trial_end_without_payment_method');
}

/** A renewal under `pause_collection` is drafted and then kept, voided or written off as asked. */
function renewAsPaused(api: Api, sub: Subscription): void {
  const invoice = renew(api, sub.id);
  const behavior = sub.pause_collection?.behavior;
  if (!invoice || !behavior || behavior === 'keep_as_draft') return;
  finalizeInvoice(api, invoice.id);
  if (api.store.get('invoice', invoice.id).amount_due === 0)
    attemptInvoice(api, invoice.id, { offSession: true });
  else if (behavior === 'void') voidInvoice(api, invoice.id);
  else markUncollectible(api, invoice.id);
}

function expireIncomplete(api: Api, sub: Subscription): void {
  api.update('subscription', sub.id, {
    status: 'incomplete_expired',
    ended_at: api.now(sub.test_clock),
  });
  if (sub.latest_invoice && api.store.get('invoice', sub.latest_invoice).status === 'open')
    voidInvoice(api, sub.latest_invoice);
}

function subscriptionJobs(api: Api, sub: Subscription): Job[] {
  if (!isLive(sub)) return [];
  if (sub.status === 'incomplete')
    return [{ at: sub.created + INCOMPLETE_LIFE, run: () => expireIncomplete(api, sub) }];
  const jobs: Job[] = [];
  const end = sub.items.data[0]?.current_period_end;
  const ends = sub.cancel_at;
  if (ends !== null)
    jobs.push({
      at: ends,
      run: () => {
        draftLast(api, sub.id);
        endSubscription(api, sub.id, 'cancellation_requested');
      },
    });
  if (end !== undefined && sub.status !== 'paused' && (ends === null || end < ends)) {
    const trial = sub.status === 'trialing';
    jobs.push({ at: end, run: () => (trial ? endTrial(api, sub) : renewAsPaused(api, sub)) });
    const warn = () =>
      api.emit(
        trial ? 'customer.subscription.trial_will_end' : 'invoice.upcoming',
        trial ? sub : createPreview(api, { subscription: sub.id }),
      );
    jobs.push(
      ...once(
        api,
        `warned:${sub.id}:${end}`,
        Math.max(
          sub.items.data[0]?.current_period_start ?? 0,
          end - (trial ? TRIAL_WARNING : UPCOMING_WARNING),
        ),
        warn,
      ),
    );
  }
  const resumes = sub.pause_collection?.resumes_at;
  if (resumes)
    jobs.push({
      at: resumes,
      run: () => api.update('subscription', sub.id, { pause_collection: null }),
    });
  return jobs;
}

function invoiceJobs(api: Api, invoice: Invoice): Job[] {
  const { id } = invoice;
  if (invoice.status === 'draft' && invoice.automatically_finalizes_at)
    return [{ at: invoice.automatically_finalizes_at, run: () => finaliseAndCollect(api, id) }];
  if (invoice.status === 'open' && invoice.next_payment_attempt)
    return [
      {
        at: invoice.next_payment_attempt,
        run: () => attemptInvoice(api, id, { offSession: true }),
      },
    ];
  return overdueJobs(api, invoice);
}

function finaliseAndCollect(api: Api, id: string): void {
  const open = finalizeInvoice(api, id);
  if (open.collection_method === 'charge_automatically' || open.amount_due === 0)
    attemptInvoice(api, id, { offSession: true });
  else api.emit('invoice.sent', open);
}

function jobs(api: Api, clock: string | null): Job[] {
  const mine = <T extends { test_clock?: string | null }>(row: T) =>
    (row.test_clock ?? null) === clock;
  const schedules = api.store
    .all('subscription_schedule')
    .filter((schedule) => mine(schedule) && schedule.status === 'active');
  const sessions = clock
    ? []
    : api.store.all('checkout.session').filter((session) => session.status === 'open');
  // Among things due at the same second the first listed goes first: a new phase before the renewal that bills it.
  return [
    ...schedules.flatMap(({ id, current_phase }) =>
      current_phase ? [{ at: current_phase.end_date, run: () => endPhase(api, id) }] : [],
    ),
    ...api.store
      .all('invoice')
      .filter(mine)
      .flatMap((invoice) => invoiceJobs(api, invoice)),
    ...api.store
      .all('subscription')
      .filter(mine)
      .flatMap((sub) => subscriptionJobs(api, sub)),
    ...refundJobs(api, clock),
    ...payPalJobs(api, clock),
    ...sessions.map((session) => ({
      at: session.expires_at,
      run: () => expireCheckout(api, session.id),
    })),
  ];
}

/**
 * Does everything that falls due up to `until` (unix seconds), each thing at its own second and in order,
 * for the customers of a test clock or, with null, for all others.
 */
export function runDue(api: Api, clock: string | null, until: number): void {
  for (let steps = 0; steps < 10_000; steps++) {
    const [next] = jobs(api, clock)
      .filter((job) => job.at <= until)
      .sort((a, b) => a.at - b.at);
    if (!next) return;
    if (clock) {
      const before = api.store.get('test_helpers.test_clock', clock).frozen_time;
      api.store.patch('test_helpers.test_clock', clock, { frozen_time: Math.max(before, next.at) });
      next.run();
    } else api.at(next.at, next.run);
  }
  throw new Error('The clock was moved too far at once: more than 10,000 renewals fell due');
}
