import type Stripe from 'stripe';
import { invalid, notImplemented } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { newId } from '@/sandbox/stripe/ids';
import type { TaxRate } from '@/sandbox/stripe/wire';

/** The rates named in a request, or undefined when it names none. Throws for unknown and for retired ones. */
export function ratesOf(
  api: Api,
  asked: string[] | '' | null | undefined,
  param = 'default_tax_rates',
): TaxRate[] | undefined {
  if (asked === undefined) return undefined;
  return (asked || []).map((id, index) => {
    const rate = api.require('tax_rate', id, `${param}[${index}]`);
    if (!rate.active)
      throw invalid(`The tax rate ${id} is inactive, so you may not use it.`, `${param}[${index}]`);
    return rate;
  });
}

function createRate(api: Api, p: Stripe.TaxRateCreateParams): TaxRate {
  if (p.inclusive) throw notImplemented('tax rates that prices include', 'inclusive');
  if (p.percentage < 0 || p.percentage > 100)
    throw invalid('Percentage must be between 0 and 100.', 'percentage');
  return api.create('tax_rate', {
    id: newId('txr'),
    object: 'tax_rate',
    active: p.active ?? true,
    country: p.country ?? null,
    created: api.now(),
    description: p.description ?? null,
    display_name: p.display_name,
    effective_percentage: p.percentage,
    flat_amount: null,
    inclusive: false,
    jurisdiction: p.jurisdiction ?? null,
    jurisdiction_level: null,
    livemode: false,
    metadata: mergeMetadata({}, p.metadata),
    percentage: p.percentage,
    rate_type: 'percentage',
    state: p.state ?? null,
    tax_type: p.tax_type ?? null,
  });
}

export const taxRateRoutes = [
  route<Stripe.TaxRateCreateParams>(
    'POST /v1/tax_rates',
    'display_name inclusive percentage active country description jurisdiction metadata state tax_type',
    (p, { api }) => createRate(api, p),
  ),
  listRoute(
    'GET /v1/tax_rates',
    'active inclusive created',
    'tax_rate',
    (p: Stripe.TaxRateListParams, row) =>
      (p.active === undefined || row.active === p.active) &&
      (p.inclusive === undefined || row.inclusive === p.inclusive),
  ),
  route('GET /v1/tax_rates/:id', '', (_, { api, id }) => api.require('tax_rate', id)),
  route<Stripe.TaxRateUpdateParams>(
    'POST /v1/tax_rates/:id',
    'active description display_name metadata',
    (p, { api, id }) => {
      const rate = api.require('tax_rate', id);
      return api.update('tax_rate', id, {
        active: p.active ?? rate.active,
        description: p.description ?? rate.description,
        display_name: p.display_name ?? rate.display_name,
        metadata: mergeMetadata(rate.metadata, p.metadata),
      });
    },
  ),
];
