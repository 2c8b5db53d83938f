import type { BillingCycle, PlanVersion } from '@/lib/domains/entitlements';
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

const priceMetadata = z.object({
  plan_id: planIdSchema,
  plan_version: z.coerce.number().int(),
  billing_cycle: billingCycleSchema,
});

/** Which plan, version and cycle a price sells, or null for a price that isn't the catalogue's. */
export function planOfPrice(price: Pick<Stripe.Price, 'metadata'>): PlanPrice | null {
  const parsed = priceMetadata.safeParse(price.metadata);
  if (!parsed.success) return null;
  const { plan_id: planId, plan_version: planVersion, billing_cycle: billingCycle } = parsed.data;
  return { planId, planVersion, billingCycle };
}

/** What makes a price, or whatever follows from one, tell what it sells. */
export function termsMetadata({ plan, cycle }: Offer) {
  return { plan_id: plan.planId, plan_version: String(plan.version), billing_cycle: cycle };
}

const lookupKey = (plan: PlanVersion, cycle: BillingCycle) =>
  `${plan.planId}_v${plan.version}_${cycle}`;

async function ensureProduct(plan: PlanVersion): Promise<string> {
  const id = `nz_${plan.planId}`;
  try {
    await callStripe((stripe) =>
      stripe.products.create({
        id,
        name: `NeoZork ${plan.name}`,
        metadata: { plan_id: plan.planId },
      }),
    );
  } catch (error) {
    if (stripeErrorCode(error) !== 'resource_already_exists') throw error;
  }
  return id;
}

/**
 * The provider's price of a plan version and cycle, made when it isn't there yet. Found by its
 * lookup key, so that it may be asked for from anywhere, any number of times; one whose amount
 * isn't the catalogue's is replaced. Throws a RangeError for a plan on quote.
 */
export async function ensurePrice({ plan, cycle }: Offer): Promise<string> {
  const amount = plan.prices[cycle];
  if (amount === null) throw new RangeError(`${plan.planId} has no ${cycle} price`);
  const key = lookupKey(plan, cycle);
  const found = await callStripe((stripe) =>
    stripe.prices.list({ lookup_keys: [key], active: true, limit: 1 }),
  );
  const [price] = found.data;
  if (price && price.unit_amount === amount && price.currency === plan.currency) return price.id;
  const product = await ensureProduct(plan);
  const made = await callStripe((stripe) =>
    stripe.prices.create(
      {
        product,
        currency: plan.currency,
        unit_amount: amount,
        recurring: recurrence[cycle],
        lookup_key: key,
        transfer_lookup_key: true,
        nickname: `${plan.name}, ${cycle}`,
        metadata: termsMetadata({ plan, cycle }),
      },
      // A catalogue's price may still change as long as its version is a draft; what was quoted is quoted.
      plan.quoted ? { idempotencyKey: `price-${key}-${plan.quoted.tenantId}` } : {},
    ),
  );
  return made.id;
}
