import { SCHEDULE } from '@/sandbox/stripe/resting-billing';
import type Stripe from 'stripe';
import { invalid, notImplemented } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { newId } from '@/sandbox/stripe/ids';
import { addInterval } from '@/sandbox/stripe/periods';
import { recurringPrice } from '@/sandbox/stripe/subscription-build';
import { releaseSchedule } from '@/sandbox/stripe/schedules';
import { cancelNow } from '@/sandbox/stripe/subscription-changes';
import { createSubscription } from '@/sandbox/stripe/subscriptions';
import type { Schedule, Subscription } from '@/sandbox/stripe/wire';

type Phase = Schedule['phases'][number];
type AskedPhase = {
  items: { price?: string; quantity?: number }[];
  start_date?: number | 'now';
  end_date?: number | 'now';
  duration?: { interval: string; interval_count?: number };
  proration_behavior?: string;
  collection_method?: Phase['collection_method'];
  invoice_settings?: { days_until_due?: number };
  trial_end?: number | 'now';
  metadata?: Record<string, string>;
};

const invoiceSettings = (days_until_due: number | null) => ({
  account_tax_ids: null,
  custom_fields: null,
  days_until_due,
  description: null,
  footer: null,
});

function phase(api: Api, asked: AskedPhase, start: number, index: number): Phase {
  const prices = asked.items.map((item, at) =>
    recurringPrice(api, item.price ?? '', `phases[${index}][items][${at}][price]`),
  );
  const recurring = prices[0]?.recurring;
  const length = asked.duration ?? {
    interval: recurring?.interval ?? 'month',
    interval_count: recurring?.interval_count ?? 1,
  };
  const end =
    typeof asked.end_date === 'number'
      ? asked.end_date
      : addInterval(start, length.interval, length.interval_count ?? 1);
  if (end <= start)
    throw invalid('A phase must end after it starts.', `phases[${index}][end_date]`);
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: asked.collection_method ?? null,
    currency: prices[0]?.currency ?? 'usd',
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    end_date: end,
    invoice_settings: asked.invoice_settings
      ? { ...invoiceSettings(asked.invoice_settings.days_until_due ?? null), issuer: null }
      : null,
    items: asked.items.map((item) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: {},
      plan: item.price ?? '',
      price: item.price ?? '',
      quantity: item.quantity ?? 1,
      tax_rates: [],
    })),
    metadata: asked.metadata ?? {},
    on_behalf_of: null,
    proration_behavior: asked.proration_behavior ?? 'create_prorations',
    start_date: start,
    transfer_data: null,
    trial_end: typeof asked.trial_end === 'number' ? asked.trial_end : null,
  };
}

/** Phases follow each other without a gap; the first keeps the start it already has. */
function phasesOf(api: Api, asked: AskedPhase[], start: number): Phase[] {
  const phases: Phase[] = [];
  for (const [index, each] of asked.entries())
    phases.push(
      phase(
        api,
        each,
        phases.at(-1)?.end_date ?? (typeof each.start_date === 'number' ? each.start_date : start),
        index,
      ),
    );
  return phases;
}

function ofSubscription(sub: Subscription, items: AskedPhase['items']): AskedPhase {
  const first = sub.items.data[0];
  return {
    items,
    start_date: first?.current_period_start ?? sub.start_date,
    end_date: first?.current_period_end ?? sub.start_date,
    ...(sub.status === 'trialing' && sub.trial_end ? { trial_end: sub.trial_end } : {}),
  };
}

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
