import { SCHEDULE } from '@/sandbox/stripe/resting-billing';
import type Stripe from 'stripe';
import { invalid, notImplemented } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { newId } from '@/sandbox/stripe/ids';
import {
  type AskedPhase,
  invoiceSettings,
  ofSubscription,
  phasesOf,
} from '@/sandbox/stripe/schedule-phases';
import { releaseSchedule } from '@/sandbox/stripe/schedules';
import { cancelNow } from '@/sandbox/stripe/subscription-changes';
import { createSubscription } from '@/sandbox/stripe/subscriptions';
import type { Schedule, Subscription } from '@/sandbox/stripe/wire';

function defaultSettings(sub: Subscription): Schedule['default_settings'] {
  return {
    application_fee_percent: null,
    billing_cycle_anchor: 'automatic',
    billing_thresholds: null,
    collection_method: sub.collection_method,
    default_payment_method: null,
    description: null,
    invoice_settings: { ...invoiceSettings(sub.days_until_due), issuer: { type: 'self' } },
    on_behalf_of: null,
    transfer_data: null,
  };
}

function createSchedule(api: Api, p: Stripe.SubscriptionScheduleCreateParams): Schedule {
  const sub = p.from_subscription
    ? api.require('subscription', p.from_subscription, 'from_subscription')
    : startNow(api, p);
  if (sub.schedule)
    throw invalid(
      `You cannot migrate a subscription that is already attached to a schedule: ${sub.schedule}.`,
      'from_subscription',
    );
  if (p.from_subscription && p.phases)
    throw invalid('You cannot set `phases` if `from_subscription` is set.', 'phases');
  const items = sub.items.data.map((item) => ({
    price: item.price.id,
    ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
  }));
  const now = api.now(sub.test_clock);
  const phases = p.phases
    ? phasesOf(api, p.phases as AskedPhase[], now)
    : phasesOf(api, [ofSubscription(sub, items)], now);
  const id = newId('sub_sched');
  const schedule = api.create('subscription_schedule', {
    ...SCHEDULE,
    id,
    billing_mode: sub.billing_mode,
    created: now,
    current_phase: {
      start_date: phases[0]?.start_date ?? now,
      end_date: phases[0]?.end_date ?? now,
    },
    customer: sub.customer,
    default_settings: defaultSettings(sub),
    end_behavior: p.end_behavior ?? 'release',
    metadata: mergeMetadata({}, p.metadata),
    phases,
    subscription: sub.id,
    test_clock: sub.test_clock,
  });
  api.update('subscription', sub.id, { schedule: id });
  return schedule;
}

function startNow(api: Api, p: Stripe.SubscriptionScheduleCreateParams): Subscription {
  const customer = api.require('customer', p.customer ?? '', 'customer');
  const first = p.phases?.[0];
  if (!first) throw invalid('Missing required param: phases.', 'phases', 'parameter_missing');
  if (
    p.start_date !== undefined &&
    p.start_date !== 'now' &&
    p.start_date > api.now(customer.test_clock)
  )
    throw notImplemented('a schedule that starts in the future', 'start_date');
  return createSubscription(api, {
    customer: customer.id,
    items: first.items.map((item) => ({
      price: item.price ?? '',
      ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
    })),
  });
}

function updateSchedule(
  api: Api,
  id: string,
  p: Stripe.SubscriptionScheduleUpdateParams,
): Schedule {
  const schedule = requireActive(api, id);
  const start = schedule.phases[0]?.start_date ?? api.now(schedule.test_clock);
  const phases = p.phases ? phasesOf(api, p.phases as AskedPhase[], start) : schedule.phases;
  const now = api.now(schedule.test_clock);
  const running = phases.find((each) => each.start_date <= now && now < each.end_date);
  if (!running) throw invalid('The current phase must be among the phases.', 'phases');
  return api.update('subscription_schedule', id, {
    current_phase: { start_date: running.start_date, end_date: running.end_date },
    end_behavior: p.end_behavior ?? schedule.end_behavior,
    metadata: mergeMetadata(schedule.metadata, p.metadata),
    phases,
  });
}

function requireActive(api: Api, id: string): Schedule {
  const schedule = api.require('subscription_schedule', id);
  if (schedule.status !== 'active')
    throw invalid(`This schedule is ${schedule.status} and can no longer be changed.`);
  return schedule;
}

export const scheduleRoutes = [
  route<Stripe.SubscriptionScheduleCreateParams>(
    'POST /v1/subscription_schedules',
    `customer from_subscription start_date end_behavior metadata phases.items.price phases.items.quantity phases.start_date phases.end_date phases.duration phases.proration_behavior phases.trial_end phases.metadata`,
    (p, { api }) => api.store.attempt(() => createSchedule(api, p)),
  ),
  listRoute(
    'GET /v1/subscription_schedules',
    'customer created',
    'subscription_schedule',
    (p: Stripe.SubscriptionScheduleListParams, row) => !p.customer || row.customer === p.customer,
  ),
  route('GET /v1/subscription_schedules/:id', '', (_, { api, id }) =>
    api.require('subscription_schedule', id),
  ),
  route<Stripe.SubscriptionScheduleUpdateParams>(
    'POST /v1/subscription_schedules/:id',
    'end_behavior metadata phases.items.price phases.items.quantity phases.start_date phases.end_date phases.duration phases.proration_behavior phases.trial_end phases.discounts phases.metadata phases.collection_method phases.invoice_settings.days_until_due',
    (p, { api, id }) => updateSchedule(api, id, p),
  ),
  route('POST /v1/subscription_schedules/:id/release', '', (_, { api, id }) => {
    requireActive(api, id);
    return releaseSchedule(api, id);
  }),
  route('POST /v1/subscription_schedules/:id/cancel', '', (_, { api, id }) => {
    const schedule = requireActive(api, id);
    // The schedule ends with its subscription.
    if (schedule.subscription) {
      cancelNow(api, schedule.subscription, {});
      return api.store.get('subscription_schedule', id);
    }
    return api.update(
      'subscription_schedule',
      id,
      { status: 'canceled', canceled_at: api.now(schedule.test_clock), current_phase: null },
      'subscription_schedule.canceled',
    );
  }),
];
