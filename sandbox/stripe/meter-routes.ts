import type Stripe from 'stripe';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, paginate, route } from '@/sandbox/http/route';
import type { Api } from '@/sandbox/stripe/api';
import { newId, randomToken } from '@/sandbox/stripe/ids';
import { aggregate } from '@/sandbox/stripe/metering';
import type { Meter, MeterEvent } from '@/sandbox/stripe/wire';

const PAST = 35 * 86_400;
const FUTURE = 300;

function createMeter(api: Api, p: Stripe.Billing.MeterCreateParams): Meter {
  if (
    api.store
      .all('billing.meter')
      .some((meter) => meter.event_name === p.event_name && meter.status === 'active')
  )
    throw invalid(
      `An active meter already exists for event_name: ${p.event_name}`,
      'event_name',
      'resource_already_exists',
    );
  const now = api.now();
  return api.create('billing.meter', {
    id: `mtr_test_${randomToken(24)}`,
    object: 'billing.meter',
    created: now,
    customer_mapping: {
      event_payload_key: p.customer_mapping?.event_payload_key ?? 'stripe_customer_id',
      type: 'by_id',
    },
    default_aggregation: { formula: p.default_aggregation.formula },
    display_name: p.display_name,
    event_name: p.event_name,
    event_time_window: p.event_time_window ?? null,
    livemode: false,
    status: 'active',
    status_transitions: { deactivated_at: null },
    updated: now,
    value_settings: { event_payload_key: p.value_settings?.event_payload_key ?? 'value' },
  });
}

/** Takes one usage event. Throws when no active meter listens, the customer is unknown, or the value is no number. */
function takeEvent(api: Api, p: Stripe.Billing.MeterEventCreateParams): MeterEvent {
  const meter = api.store
    .all('billing.meter')
    .find((each) => each.event_name === p.event_name && each.status === 'active');
  if (!meter)
    throw invalid(
      `No active meter found for event_name: ${p.event_name}`,
      'event_name',
      'resource_missing',
    );
  const key = meter.customer_mapping.event_payload_key;
  const customer = api.require('customer', p.payload[key] ?? '', `payload[${key}]`);
  const value = p.payload[meter.value_settings.event_payload_key];
  if (meter.default_aggregation.formula !== 'count' && !/^-?\d+(\.\d+)?$/.test(value ?? ''))
    throw invalid(
      `The payload's ${meter.value_settings.event_payload_key} must be a number.`,
      `payload[${meter.value_settings.event_payload_key}]`,
    );
  const now = api.now(customer.test_clock);
  const timestamp = p.timestamp ?? now;
  if (timestamp < now - PAST || timestamp > now + FUTURE)
    throw invalid(
      'The timestamp must be within the past 35 calendar days and not more than 5 minutes in the future.',
      'timestamp',
      'timestamp_out_of_range',
    );
  const identifier = p.identifier ?? newId('mevt');
  if (api.store.find('_meter_event', identifier))
    throw invalid(
      `An event already exists with identifier ${identifier}.`,
      'identifier',
      'duplicate_meter_event',
    );
  const event: MeterEvent = {
    object: 'billing.meter_event',
    created: now,
    event_name: p.event_name,
    identifier,
    livemode: false,
    payload: p.payload,
    timestamp,
  };
  api.store.put('_meter_event', {
    ...event,
    id: identifier,
    customer: customer.id,
    meter: meter.id,
  });
  return event;
}

function setStatus(api: Api, id: string, status: 'active' | 'inactive'): Meter {
  api.require('billing.meter', id, 'id', 'meter');
  const now = api.now();
  const change = {
    status,
    status_transitions: { deactivated_at: status === 'inactive' ? now : null },
    updated: now,
  };
  return api.update(
    'billing.meter',
    id,
    change,
    status === 'active' ? 'billing.meter.reactivated' : 'billing.meter.deactivated',
  );
}

export const meterRoutes = [
  route<Stripe.Billing.MeterCreateParams>(
    'POST /v1/billing/meters',
    'default_aggregation display_name event_name customer_mapping event_time_window value_settings',
    (p, { api }) => createMeter(api, p),
  ),
  listRoute(
    'GET /v1/billing/meters',
    'status',
    'billing.meter',
    (p: Stripe.Billing.MeterListParams, row) => !p.status || row.status === p.status,
  ),
  route('GET /v1/billing/meters/:id', '', (_, { api, id }) =>
    api.require('billing.meter', id, 'id', 'meter'),
  ),
  route<Stripe.Billing.MeterUpdateParams>(
    'POST /v1/billing/meters/:id',
    'display_name',
    (p, { api, id }) => {
      const meter = api.require('billing.meter', id, 'id', 'meter');
      return api.update('billing.meter', id, {
        display_name: p.display_name ?? meter.display_name,
        updated: api.now(),
      });
    },
  ),
  route('POST /v1/billing/meters/:id/deactivate', '', (_, { api, id }) =>
    setStatus(api, id, 'inactive'),
  ),
  route('POST /v1/billing/meters/:id/reactivate', '', (_, { api, id }) =>
    setStatus(api, id, 'active'),
  ),
  route<Stripe.Billing.MeterListEventSummariesParams>(
    'GET /v1/billing/meters/:id/event_summaries',
    'customer start_time end_time limit starting_after ending_before',
    (p, { api, id, path }) => {
      const meter = api.require('billing.meter', id, 'id', 'meter');
      const value = aggregate(api, meter, p.customer, { start: p.start_time, end: p.end_time });
      const summary = {
        id: `mtrusg_${meter.id}_${p.start_time}`,
        object: 'billing.meter_event_summary',
        aggregated_value: value,
        end_time: p.end_time,
        livemode: false,
        meter: id,
        start_time: p.start_time,
      };
      return paginate(value === 0 ? [] : [summary], p, path);
    },
  ),
  route<Stripe.Billing.MeterEventCreateParams>(
    'POST /v1/billing/meter_events',
    'event_name payload identifier timestamp',
    (p, { api }) => takeEvent(api, p),
  ),
];
