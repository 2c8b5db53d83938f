import type { Api } from '@/sandbox/stripe/api';
import type { Plan, Price } from '@/sandbox/stripe/wire';

/** Minor units in words: `$49.00`. */
export function formatMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

const each = (price: { unit_amount: number | null; unit_amount_decimal: string | null }) =>
  price.unit_amount_decimal === null ? (price.unit_amount ?? 0) : Number(price.unit_amount_decimal);

/** Minor units for `quantity` of a price: per unit, packages, graduated or volume tiers. Rounded half up at the end. */
export function priceAmount(api: Api, price: Price, quantity: number): number {
  const packages = price.transform_quantity;
  const units = packages
    ? Math[packages.round === 'up' ? 'ceil' : 'floor'](quantity / packages.divide_by)
    : quantity;
  if (price.billing_scheme !== 'tiered') return Math.round(each(price) * units);
  const tiers = api.store.get('_tiers', price.id).tiers;
  if (price.tiers_mode === 'volume') {
    const tier = tiers.find((one) => one.up_to === null || units <= one.up_to);
    return Math.round((tier ? each(tier) * units : 0) + (tier?.flat_amount ?? 0));
  }
  let below = 0;
  let total = 0;
  for (const tier of tiers) {
    if (units <= below && below > 0) break;
    const top = tier.up_to === null ? units : Math.min(units, tier.up_to);
    total +=
      each(tier) * Math.max(0, top - below) +
      (units > below || below === 0 ? (tier.flat_amount ?? 0) : 0);
    below = tier.up_to ?? units;
  }
  return Math.round(total);
}

export function productName(api: Api, price: Price): string {
  return api.store.find('product', price.product)?.name ?? price.product;
}

/** `at $49.00 / month`, as on Stripe's invoices. */
export function priceLabel(price: Price): string {
  if (price.billing_scheme === 'tiered' || price.unit_amount === null) return 'Tiered price';
  const { interval, interval_count } = price.recurring ?? { interval: '', interval_count: 1 };
  const every = !interval
    ? ''
    : interval_count === 1
      ? ` / ${interval}`
      : ` / every ${interval_count} ${interval}s`;
  return `${formatMoney(price.unit_amount, price.currency)}${every}`;
}

/** The older name of a recurring price, which subscription items still carry. */
export function planOf(price: Price): Plan {
  if (!price.recurring) throw new Error(`${price.id} does not recur`);
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring.interval,
    interval_count: price.recurring.interval_count,
    livemode: false,
    metadata: price.metadata,
    meter: price.recurring.meter,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiers_mode,
    transform_usage: null,
    trial_period_days: null,
    usage_type: price.recurring.usage_type,
  };
}
