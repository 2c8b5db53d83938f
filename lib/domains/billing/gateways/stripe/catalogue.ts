import type { AddOnVersion, BillingCycle } from '@/lib/domains/entitlements';
import { billingCycleSchema, planIdSchema } from '@/lib/domains/entitlements/schemas';
import { callStripe, type Stripe, stripeErrorCode } from '@/lib/infra/stripe';
import { z } from 'zod';
import type { PlanPrice } from '../../provider-state';
import type { Offer } from '../port';

const recurrence: Record<BillingCycle, { interval: 'month' | 'year'; interval_count: number }> = {
  monthly: { interval: 'month', interval_count: 1 },
  quarterly: { interval: 'month', interval_count: 3 },
  annual: { interval: 'year', interval_count: 1 },
};

const planMetadata = z.object({
  plan_id: planIdSchema,
  plan_version: z.coerce.number().int(),
  billing_cycle: billingCycleSchema,
});

const addOnMetadata = z.object({
  addon_key: z.string(),
  addon_version: z.coerce.number().int(),
});

type Labelled = Pick<Stripe.Price, 'metadata'>;

/** Which plan, version and cycle a price sells, or null for a price that isn't a plan's. */
export function planOfPrice(price: Labelled): PlanPrice | null {
  const parsed = planMetadata.safeParse(price.metadata);
  if (!parsed.success) return null;
  const { plan_id: planId, plan_version: planVersion, billing_cycle: billingCycle } = parsed.data;
  return { planId, planVersion, billingCycle };
}

/** Which add-on a price sells, or null for a price that isn't an add-on's. */
export function addOnOfPrice(price: Labelled): { key: string; version: number } | null {
  const parsed = addOnMetadata.safeParse(price.metadata);
  return parsed.success ? { key: parsed.data.addon_key, version: parsed.data.addon_version } : null;
}

/** What makes a price, or whatever follows from one, tell what it sells. */
export function termsMetadata({ plan, cycle }: Offer) {
  return { plan_id: plan.planId, plan_version: String(plan.version), billing_cycle: cycle };
}

/** Something of the catalogue as it is sold by a cycle; `key` names its product. */
type Sold = {
  key: string;
  version: number;
  name: string;
  cycle: BillingCycle;
  amount: number;
  currency: string;
  /** The tenant that it was quoted to; null for what everybody may buy. */
  quotedTo: string | null;
  product: Record<string, string>;
  metadata: Record<string, string>;
};

async function ensureProduct({ key, name, product }: Sold): Promise<string> {
  const id = `nz_${key}`;
  try {
    await callStripe((stripe) =>
      stripe.products.create({ id, name: `NeoZork ${name}`, metadata: product }),
    );
  } catch (error) {
    if (stripeErrorCode(error) !== 'resource_already_exists') throw error;
  }
  return id;
}

/**
 * The provider's price of something, made when it isn't there yet. Found by its lookup key, so that it may be
 * asked for from anywhere, any number of times; one whose amount isn't the catalogue's is replaced.
 */
async function ensureSold(sold: Sold): Promise<string> {
  const { key, version, name, cycle, amount, currency, metadata, quotedTo } = sold;
  const lookupKey = `${key}_v${version}_${cycle}`;
  const found = await callStripe((stripe) =>
    stripe.prices.list({ lookup_keys: [lookupKey], active: true, limit: 1 }),
  );
  const [price] = found.data;
  if (price && price.unit_amount === amount && price.currency === currency) return price.id;
  const product = await ensureProduct(sold);
  const made = await callStripe((stripe) =>
    stripe.prices.create(
      {
        product,
        currency,
        unit_amount: amount,
        recurring: recurrence[cycle],
        lookup_key: lookupKey,
        transfer_lookup_key: true,
        nickname: `${name}, ${cycle}`,
        metadata,
      },
      // A catalogue's price may still change as long as its version is a draft; what was quoted is quoted.
      quotedTo ? { idempotencyKey: `price-${lookupKey}-${quotedTo}` } : {},
    ),
  );
  return made.id;
}

/** The price of a plan version and cycle. Throws a RangeError for a plan on quote. */
export async function ensurePrice({ plan, cycle }: Offer): Promise<string> {
  const { planId: key, version, name, currency } = plan;
  const amount = plan.prices[cycle];
  if (amount === null) throw new RangeError(`${key} has no ${cycle} price`);
  const metadata = termsMetadata({ plan, cycle });
  const product = { plan_id: key };
  const quotedTo = plan.quoted?.tenantId ?? null;
  return ensureSold({ key, version, name, cycle, amount, currency, quotedTo, product, metadata });
}

/** The price of one unit of an add-on. */
export async function ensureAddOnPrice(addOn: AddOnVersion, cycle: BillingCycle): Promise<string> {
  const { key, version, name, currency } = addOn;
  const product = { addon_key: key };
  return ensureSold({
    key,
    version,
    name,
    cycle,
    amount: addOn.prices[cycle],
    currency,
    quotedTo: null,
    product,
    metadata: { ...product, addon_version: String(version), billing_cycle: cycle },
  });
}
