import type { Api } from '@/sandbox/stripe/api';
import { draftLast } from '@/sandbox/stripe/invoice-now';
import { collectionOf } from '@/sandbox/stripe/collection';
import { changeItems } from '@/sandbox/stripe/proration';
import { endSubscription } from '@/sandbox/stripe/subscription-state';
import type { Schedule, Subscription } from '@/sandbox/stripe/wire';

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

/** What makes the items those of a phase: one of the same price stays, the others take the places that are left, in order. */
function itemChanges(sub: Subscription, phase: Schedule['phases'][number]) {
  const left = [...sub.items.data];
  const take = (price?: string) => {
    const place = price === undefined ? 0 : left.findIndex((item) => item.price.id === price);
    return place < 0 ? undefined : left.splice(place, 1)[0];
  };
  const staying = phase.items.map(({ price }) => take(price as string));
  const changes = phase.items.map(({ price, quantity }, index) => {
    const item = staying[index] ?? take();
    return { ...(item ? { id: item.id } : {}), price: price as string, quantity: quantity ?? 1 };
  });
  return [...changes, ...left.map(({ id }) => ({ id, deleted: true }))];
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
  changeItems(api, sub.id, itemChanges(sub, next), {
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
