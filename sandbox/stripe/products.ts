import type Stripe from 'stripe';
import { invalid } from '@/sandbox/http/errors';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { newId } from '@/sandbox/stripe/ids';
import type { Product } from '@/sandbox/stripe/wire';

export function createProduct(api: Api, p: Stripe.ProductCreateParams): Product {
  const id = p.id ?? newId('prod', 14);
  if (api.store.find('product', id))
    throw invalid(`Product already exists: ${id}`, 'id', 'resource_already_exists');
  const now = api.now();
  return api.create('product', {
    id,
    object: 'product',
    active: p.active ?? true,
    created: now,
    default_price: null,
    description: p.description ?? null,
    images: p.images ?? [],
    livemode: false,
    marketing_features: p.marketing_features ?? [],
    metadata: mergeMetadata({}, p.metadata),
    name: p.name,
    package_dimensions: null,
    shippable: p.shippable ?? null,
    statement_descriptor: p.statement_descriptor ?? null,
    tax_code: p.tax_code ?? null,
    tax_details: null,
    type: 'service',
    unit_label: p.unit_label ?? null,
    updated: now,
    url: p.url ?? null,
  });
}
