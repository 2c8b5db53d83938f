import { invalid } from '@/sandbox/http/errors';
import type { Api } from '@/sandbox/stripe/api';
import { addInterval } from '@/sandbox/stripe/periods';
import { recurringPrice } from '@/sandbox/stripe/subscription-build';
import type { Schedule, Subscription } from '@/sandbox/stripe/wire';

type Phase = Schedule['phases'][number];
/** A phase as it is asked for: its start is the end of the one before, its end a period of its first price's, where none is named. */
export type AskedPhase = {
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

export const invoiceSettings = (days_until_due: number | null) => ({
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
export function phasesOf(api: Api, asked: AskedPhase[], start: number): Phase[] {
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

/** The phase that a subscription is in by itself: its running period, with `items`. */
export function ofSubscription(sub: Subscription, items: AskedPhase['items']): AskedPhase {
  const first = sub.items.data[0];
  return {
    items,
    start_date: first?.current_period_start ?? sub.start_date,
    end_date: first?.current_period_end ?? sub.start_date,
    ...(sub.status === 'trialing' && sub.trial_end ? { trial_end: sub.trial_end } : {}),
  };
}
