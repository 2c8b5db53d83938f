import type Stripe from 'stripe';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { invalid } from '@/sandbox/http/errors';
import { createProduct } from '@/sandbox/stripe/products';
import { newId } from '@/sandbox/stripe/ids';
import type { Price } from '@/sandbox/stripe/wire';

/** A lookup key names one active price; it moves to another only when asked to. */
export function setLookupKey(api: Api, key: string, owner: string, transfer: boolean): void {
  const taken = api.store
    .all('price')
    .find((price) => price.lookup_key === key && price.id !== owner);
  if (!taken) return;
  if (!transfer)
    throw invalid(
      `A price (\`${taken.id}\`) already uses that lookup key.`,
      'lookup_key',
      'resource_already_exists',
    );
  api.update('price', taken.id, { lookup_key: null });
}

type Tiers = NonNullable<Price['tiers']>;
type Amount = { unit_amount?: number; unit_amount_decimal?: { toString: () => string } };

function amounts(of: Amount): { unit_amount: number | null; unit_amount_decimal: string | null } {
  const decimal = of.unit_amount_decimal?.toString();
  const whole =
    of.unit_amount ??
    (decimal !== undefined && Number.isInteger(Number(decimal)) ? Number(decimal) : null);
  return {
    unit_amount: whole,
    unit_amount_decimal: decimal ?? (whole === null ? null : String(whole)),
  };
}

function tiersOf(p: Stripe.PriceCreateParams): Tiers {
  if (!p.tiers?.length || !p.tiers_mode)
    throw invalid(
      'Missing required param: tiers.',
      p.tiers ? 'tiers_mode' : 'tiers',
      'parameter_missing',
    );
  if (p.tiers.at(-1)?.up_to !== 'inf')
    throw invalid('The last tier must be open-ended: pass `inf` for its up_to.', 'tiers');
  return p.tiers.map((tier) => ({
    flat_amount: tier.flat_amount ?? null,
    flat_amount_decimal: tier.flat_amount === undefined ? null : String(tier.flat_amount),
    ...amounts(tier),
    up_to: tier.up_to === 'inf' ? null : tier.up_to,
  }));
}

function recurringOf(api: Api, p: Stripe.PriceCreateParams): Price['recurring'] {
  if (!p.recurring) return null;
  const usage = p.recurring.usage_type ?? 'licensed';
  if (usage === 'metered') {
    if (!p.recurring.meter)
      throw invalid(
        'Missing required param: recurring[meter].',
        'recurring[meter]',
        'parameter_missing',
      );
    api.require('billing.meter', p.recurring.meter, 'recurring[meter]', 'meter');
  }
  return {
    interval: p.recurring.interval,
    interval_count: p.recurring.interval_count ?? 1,
    meter: p.recurring.meter ?? null,
    trial_period_days: null,
    usage_type: usage,
  };
}

export function createPrice(api: Api, p: Stripe.PriceCreateParams): Price {
  const tiered = p.billing_scheme === 'tiered';
  const { unit_amount, unit_amount_decimal } = amounts(p);
  if (!tiered && unit_amount_decimal === null)
    throw invalid('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing');
  if (unit_amount !== null && unit_amount < 0)
    throw invalid(
      'This value must be greater than or equal to 0.',
      'unit_amount',
      'parameter_invalid_integer',
    );
  const tiers = tiered ? tiersOf(p) : undefined;
  const recurring = recurringOf(api, p);
  let product = p.product;
  if (p.product_data) {
    product = createProduct(api, p.product_data).id;
  }
  if (!product) throw invalid('Missing required param: product.', 'product', 'parameter_missing');
  api.require('product', product, 'product');
  const id = newId('price');
  if (p.lookup_key) setLookupKey(api, p.lookup_key, id, p.transfer_lookup_key ?? false);
  if (tiers) api.store.put('_tiers', { id, tiers });
  return api.create('price', {
    id,
    object: 'price',
    active: p.active ?? true,
    billing_scheme: p.billing_scheme ?? 'per_unit',
    created: api.now(),
    currency: p.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: p.lookup_key ?? null,
    metadata: mergeMetadata({}, p.metadata),
    nickname: p.nickname ?? null,
    product,
    recurring,
    tax_behavior: p.tax_behavior ?? 'unspecified',
    tiers_mode: p.tiers_mode ?? null,
    transform_quantity: p.transform_quantity
      ? { divide_by: p.transform_quantity.divide_by, round: p.transform_quantity.round }
      : null,
    type: recurring ? 'recurring' : 'one_time',
    unit_amount,
    unit_amount_decimal,
  });
}
