import type { Api } from '@/sandbox/stripe/api';
import { draftLast } from '@/sandbox/stripe/invoice-now';
import { collectionOf } from '@/sandbox/stripe/collection';
import { changeItems } from '@/sandbox/stripe/proration';
import { endSubscription } from '@/sandbox/stripe/subscription-state';
import type { Schedule } from '@/sandbox/stripe/wire';

/** Lets the subscription go on without its schedule. */
export function releaseSchedule(api: Api, id: string): Schedule {
  const schedule = api.store.get('subscription_schedule', id);
  const released = api.update(
    'subscription_schedule',
    id,
    {
      status: 'released',
      released_at: api.now(schedule.test_clock),
      released_subscription: schedule.subscription,
      subscription: null,
      current_phase: null,
    },
    'subscription_schedule.released',
  );
  if (schedule.subscription) api.update('subscription', schedule.subscription, { schedule: null });
  return released;
}

/** At the end of a phase: the next one's prices take over, or the schedule ends as `end_behavior` says. */
export function endPhase(api: Api, id: string): void {
  const schedule = api.store.get('subscription_schedule', id);
  const sub = api.store.find('subscription', schedule.subscription);
  const next = schedule.phases.find(
    (phase) => phase.start_date >= (schedule.current_phase?.end_date ?? 0),
  );
  if (!sub) return;
  if (!next) {
    const done = {
      status: 'completed',
      completed_at: api.now(schedule.test_clock),
      current_phase: null,
    };
    if (schedule.end_behavior !== 'cancel') {
      releaseSchedule(api, id);
      return;
    }
    api.update('subscription_schedule', id, done, 'subscription_schedule.completed');
    draftLast(api, sub.id);
    endSubscription(api, sub.id, 'cancellation_requested');
    return;
  }
  api.update('subscription_schedule', id, {
    current_phase: { start_date: next.start_date, end_date: next.end_date },
  });
  // On a period's last second there is no time left to prorate: the renewal bills the new prices whole.
  const boundary = sub.items.data[0]?.current_period_end === api.now(sub.test_clock);
  const kept = sub.items.data.slice(0, next.items.length);
  const changes = next.items.map((item, index) => ({
    ...(kept[index] ? { id: kept[index].id } : {}),
    price: item.price,
    quantity: item.quantity ?? 1,
  }));
  const dropped = sub.items.data
    .slice(next.items.length)
    .map((item) => ({ id: item.id, deleted: true }));
  changeItems(api, sub.id, [...changes, ...dropped], {
    behavior: boundary ? 'none' : next.proration_behavior,
  });
  // A phase that says nothing of it is collected as the schedule is by default.
  const defaults = schedule.default_settings;
  api.update(
    'subscription',
    sub.id,
    collectionOf(
      sub,
      next.collection_method ?? defaults.collection_method ?? sub.collection_method,
      next.invoice_settings?.days_until_due ?? defaults.invoice_settings.days_until_due,
    ),
  );
  if (Object.keys(next.metadata ?? {}).length > 0)
    api.update('subscription', sub.id, { metadata: { ...sub.metadata, ...next.metadata } });
}
