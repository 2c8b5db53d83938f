import { ApiError } from '@/sandbox/http/errors';
import { type Faults, NO_FAULTS } from '@/sandbox/http/faults';
import { redirect } from '@/sandbox/pages/layout';
import { json, type PageRoute } from '@/sandbox/pages/route';
import { runDue } from '@/sandbox/stripe/due-work';
import { type Dunning, dunning } from '@/sandbox/stripe/subscription-state';
import { type DeliveryMode, STRAIGHT } from '@/sandbox/webhooks/delivery';

type Shape = Record<string, 'number' | 'boolean' | 'string' | 'number[]' | string[]>;

/** The named fields of a JSON body; anything unknown or of another type is a 400 that names it. */
function read<T>(body: unknown, shape: Shape): Partial<T> {
  const refuse = (message: string, param: string) =>
    new ApiError(400, { type: 'invalid_request_error', message, param });
  for (const [name, value] of Object.entries(body as object)) {
    const wanted = shape[name];
    if (!wanted)
      throw refuse(`Unknown setting: ${name}. Known: ${Object.keys(shape).join(', ')}`, name);
    const fits = Array.isArray(wanted)
      ? wanted.includes(String(value))
      : wanted === 'number[]'
        ? Array.isArray(value) && value.every((each) => typeof each === 'number')
        : typeof value === wanted;
    if (!fits)
      throw refuse(
        `${name} must be ${Array.isArray(wanted) ? wanted.join(' or ') : `a ${wanted}`}`,
        name,
      );
  }
  return body as Partial<T>;
}

/** For tests and for people at a terminal; all of it is JSON except the resend button. */
export const controlPages: PageRoute[] = [
  { method: 'GET', path: '/_sandbox/health', run: () => json({ ok: true }) },
  {
    method: 'GET',
    path: '/_sandbox/deliveries',
    run: ({ api, query }) =>
      json(
        api.store
          .all('_delivery')
          .filter((each) => !query.has('status') || each.status === query.get('status')),
      ),
  },
  {
    method: 'POST',
    path: '/_sandbox/deliveries/:id/resend',
    run: ({ courier, id }) => (courier.redeliver(id), redirect('/')),
  },
  {
    // `id` is a delivery or an event; an event goes to all its endpoints again.
    method: 'POST',
    path: '/_sandbox/redeliver/:id',
    run: ({ courier, id }) => {
      const made = courier.redeliver(id);
      return json(made, made.length ? 200 : 404);
    },
  },
  {
    method: 'POST',
    path: '/_sandbox/deliver',
    run: async ({ courier }) => (await courier.deliverPending(), json({ ok: true })),
  },
  { method: 'GET', path: '/_sandbox/webhooks', run: ({ courier }) => json(courier.mode) },
  {
    method: 'PUT',
    path: '/_sandbox/webhooks',
    run: ({ courier, json: body }) => {
      courier.mode = {
        ...STRAIGHT,
        ...courier.mode,
        ...read<DeliveryMode>(body, {
          paused: 'boolean',
          order: ['as_sent', 'newest_first', 'shuffled'],
          skip: 'number',
          double: 'number',
        }),
      };
      return json(courier.mode);
    },
  },
  {
    method: 'PUT',
    path: '/_sandbox/faults',
    run: ({ api, json: body }) => {
      const value = {
        ...NO_FAULTS,
        ...read<Faults>(body, {
          slow_ms: 'number',
          fail_before: 'number',
          fail_after: 'number',
          drop_after: 'number',
          path: 'string',
          method: 'string',
        }),
      };
      api.store.put('_settings', { id: 'faults', value });
      return json(value);
    },
  },
  {
    method: 'PUT',
    path: '/_sandbox/dunning',
    run: ({ api, json: body }) => {
      const value = {
        ...dunning(api),
        ...read<Dunning>(body, {
          retry_days: 'number[]',
          overdue_days: 'number',
          then: ['cancel', 'unpaid', 'past_due'],
        }),
      };
      api.store.put('_settings', { id: 'dunning', value });
      return json(value);
    },
  },
  {
    method: 'GET',
    path: '/_sandbox/clock',
    run: ({ api }) =>
      json({
        now: api.realNow(),
        offset_seconds: Number(api.store.find('_settings', 'clock_offset')?.value ?? 0),
      }),
  },
  {
    // Moves the sandbox's own time and does what falls due on the way. It never goes back: that would unmake invoices.
    method: 'PUT',
    path: '/_sandbox/clock',
    run: ({ api, json: body }) => {
      const { offset_seconds: offset = 0 } = read<{ offset_seconds: number }>(body, {
        offset_seconds: 'number',
      });
      const before = Number(api.store.find('_settings', 'clock_offset')?.value ?? 0);
      if (offset < before)
        throw new ApiError(400, {
          type: 'invalid_request_error',
          message: `The clock only goes forward: it stands at ${before} seconds.`,
          param: 'offset_seconds',
        });
      api.store.put('_settings', { id: 'clock_offset', value: offset });
      runDue(api, null, api.realNow());
      return json({ now: api.realNow(), offset_seconds: offset });
    },
  },
  {
    method: 'POST',
    path: '/_sandbox/reset',
    run: ({ api }) => (api.store.reset(), json({ ok: true })),
  },
];
