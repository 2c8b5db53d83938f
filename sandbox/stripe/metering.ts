import type { Api } from '@/sandbox/stripe/api';
import type { Meter, Price } from '@/sandbox/stripe/wire';

export type Period = { start: number; end: number };

/** What a meter makes of a customer's events from `start` up to, not including, `end` (unix seconds). */
export function aggregate(api: Api, meter: Meter, customer: string, period: Period): number {
  const values = api.store
    .all('_meter_event')
    .filter(
      (event) =>
        event.meter === meter.id &&
        event.customer === customer &&
        event.timestamp >= period.start &&
        event.timestamp < period.end,
    )
    .sort((a, b) => a.timestamp - b.timestamp)
    .map((event) => Number(event.payload[meter.value_settings.event_payload_key] ?? 1));
  if (meter.default_aggregation.formula === 'count') return values.length;
  if (meter.default_aggregation.formula === 'last') return values.at(-1) ?? 0;
  return values.reduce((sum, value) => sum + value, 0);
}

/** Units a customer used of a metered price in `period`. */
export function meteredUnits(api: Api, price: Price, customer: string, period: Period): number {
  return aggregate(
    api,
    api.store.get('billing.meter', price.recurring?.meter ?? ''),
    customer,
    period,
  );
}
