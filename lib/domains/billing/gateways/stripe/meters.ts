import { callStripe, stripeErrorCode } from '@/lib/infra/stripe';
import type { UsageMeters } from '../port';

const seconds = (at: Date) => Math.floor(at.getTime() / 1_000);

const eventName = (meter: string) => `nz_${meter}`;

async function findMeter(meter: string): Promise<string | null> {
  const meters = await callStripe((stripe) =>
    stripe.billing.meters
      .list({ status: 'active', limit: 100 })
      .autoPagingToArray({ limit: 1_000 }),
  );
  return meters.find(({ event_name }) => event_name === eventName(meter))?.id ?? null;
}

/** The meter there, made when it is missing. It keeps the last value: what it is told are totals. */
async function ensureMeter(meter: string): Promise<void> {
  if (await findMeter(meter)) return;
  try {
    await callStripe((stripe) =>
      stripe.billing.meters.create({
        display_name: `NeoZork ${meter}`,
        event_name: eventName(meter),
        default_aggregation: { formula: 'last' },
      }),
    );
  } catch (error) {
    // Somebody else made it in this moment.
    if (stripeErrorCode(error) !== 'resource_already_exists') throw error;
  }
}

export const stripeMeters: UsageMeters = {
  async tell({ customer, meter, total, at }) {
    await ensureMeter(meter);
    const value = String(total);
    try {
      await callStripe((stripe) =>
        stripe.billing.meterEvents.create({
          event_name: eventName(meter),
          payload: { stripe_customer_id: customer, value },
          identifier: `${customer}-${meter}-${seconds(at)}-${value}`,
          timestamp: seconds(at),
        }),
      );
    } catch (error) {
      // The same word, said before by an attempt whose answer was lost.
      if (stripeErrorCode(error) !== 'duplicate_meter_event') throw error;
    }
  },
  async read({ customer, meter, month }) {
    const id = await findMeter(meter);
    if (!id) return null;
    const summaries = await callStripe((stripe) =>
      stripe.billing.meters.listEventSummaries(id, {
        customer,
        start_time: seconds(month.start),
        end_time: seconds(month.end),
      }),
    );
    return summaries.data[0]?.aggregated_value ?? null;
  },
};
