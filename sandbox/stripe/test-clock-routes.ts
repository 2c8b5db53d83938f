import type Stripe from 'stripe';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import type { Api } from '@/sandbox/stripe/api';
import { runDue } from '@/sandbox/stripe/due-work';
import { newId } from '@/sandbox/stripe/ids';
import { endSubscription, isLive } from '@/sandbox/stripe/subscription-state';
import type { TestClock } from '@/sandbox/stripe/wire';

/** Moves a clock and does all that falls due on the way, before the answer leaves. Stripe takes some seconds for it. */
function advance(api: Api, id: string, to: number): TestClock {
  const clock = api.require('test_helpers.test_clock', id, 'id', 'test clock');
  if (to <= clock.frozen_time)
    throw invalid(
      'The frozen time can only be advanced.',
      'frozen_time',
      'test_clock_invalid_time',
    );
  const advancing = api.store.patch('test_helpers.test_clock', id, {
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: to } },
  });
  api.emit('test_helpers.test_clock.advancing', advancing);
  runDue(api, id, to);
  const ready = api.store.patch('test_helpers.test_clock', id, {
    frozen_time: to,
    status: 'ready',
    status_details: {},
  });
  api.emit('test_helpers.test_clock.ready', ready);
  return advancing;
}

/** Deletes the clock with its customers; their subscriptions end. */
function remove(api: Api, id: string): object {
  const clock = api.require('test_helpers.test_clock', id, 'id', 'test clock');
  for (const customer of api.store.all('customer').filter((each) => each.test_clock === id)) {
    for (const sub of api.store.all('subscription'))
      if (sub.customer === customer.id && isLive(sub))
        endSubscription(api, sub.id, 'cancellation_requested');
    api.emit('customer.deleted', customer);
    api.store.remove('customer', customer.id);
    api.store.put('_settings', { id: `deleted_customer:${customer.id}`, value: true });
  }
  api.store.remove('test_helpers.test_clock', id);
  api.emit('test_helpers.test_clock.deleted', clock);
  return { id, object: 'test_helpers.test_clock', deleted: true };
}

export const testClockRoutes = [
  route<Stripe.TestHelpers.TestClockCreateParams>(
    'POST /v1/test_helpers/test_clocks',
    'frozen_time name',
    (p, { api }) => {
      const clock = api.store.put('test_helpers.test_clock', {
        id: newId('clock'),
        object: 'test_helpers.test_clock',
        created: api.realNow(),
        deletes_after: api.realNow() + 30 * 86_400,
        frozen_time: p.frozen_time,
        livemode: false,
        name: p.name ?? null,
        status: 'ready',
        status_details: {},
      });
      api.emit('test_helpers.test_clock.created', clock);
      return clock;
    },
  ),
  listRoute('GET /v1/test_helpers/test_clocks', '', 'test_helpers.test_clock'),
  route('GET /v1/test_helpers/test_clocks/:id', '', (_, { api, id }) =>
    api.require('test_helpers.test_clock', id, 'id', 'test clock'),
  ),
  route<Stripe.TestHelpers.TestClockAdvanceParams>(
    'POST /v1/test_helpers/test_clocks/:id/advance',
    'frozen_time',
    (p, { api, id }) => advance(api, id, p.frozen_time),
  ),
  route('DELETE /v1/test_helpers/test_clocks/:id', '', (_, { api, id }) => remove(api, id)),
];
