import {
  type BillingCycle,
  listPlanVersions,
  type PlanId,
  type PlanVersion,
} from '@/lib/domains/entitlements';
import { billingCycleSchema, planIdSchema } from '@/lib/domains/entitlements/schemas';
import { withNobody } from '@/lib/infra/db';
import { callStripe, type Stripe, stripeErrorCode } from '@/lib/infra/stripe';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { z } from 'zod';

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

/** What a price of the catalogue sells. */
export type PlanPrice = { planId: PlanId; planVersion: number; billingCycle: BillingCycle };

/** Which plan, version and cycle a price sells, or null for a price that isn't the catalogue's. */
export function planOfPrice(price: Pick<Stripe.Price, 'metadata'>): PlanPrice | null {
  const parsed = priceMetadata.safeParse(price.metadata);
  if (!parsed.success) return null;
  const { plan_id: planId, plan_version: planVersion, billing_cycle: billingCycle } = parsed.data;
  return { planId, planVersion, billingCycle };
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
export async function ensurePrice(plan: PlanVersion, cycle: BillingCycle): Promise<string> {
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
    stripe.prices.create({
      product,
      currency: plan.currency,
      unit_amount: amount,
      recurring: recurrence[cycle],
      lookup_key: key,
      transfer_lookup_key: true,
      nickname: `${plan.name}, ${cycle}`,
      metadata: {
        plan_id: plan.planId,
        plan_version: String(plan.version),
        billing_cycle: cycle,
      },
    }),
  );
  return made.id;
}

/** Products and prices of everything on sale; doing it again changes nothing. */
export async function syncCatalogue(ctx: PublicCtx): Promise<{ prices: number }> {
  const plans = await withNobody((tx) => listPlanVersions(tx, ctx.clock.now()));
  let prices = 0;
  for (const plan of plans) {
    for (const cycle of billingCycleSchema.options) {
      if (plan.prices[cycle] === null) continue;
      await ensurePrice(plan, cycle);
      prices += 1;
    }
  }
  return { prices };
}
