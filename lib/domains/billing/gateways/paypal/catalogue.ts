import type { BillingCycle } from '@/lib/domains/entitlements';
import { billingCycleSchema, planIdSchema } from '@/lib/domains/entitlements/schemas';
import { callPayPal, isPayPalRefusal, orMissing, tellPayPal } from '@/lib/infra/paypal';
import { z } from 'zod';
import type { PlanPrice } from '../../provider-state';
import type { Offer } from '../port';
import { centsOf, moneyOf, payPalMoney } from './money';

/** One product for everything that is sold: PayPal changes a subscription only within its product. */
const PRODUCT = 'NEOZORK-PLANS';
const PAGE_SIZE = 20;
/** Failed payments after which PayPal suspends by itself. */
const FAILURES = 3;

const frequencies: Record<BillingCycle, { interval_unit: string; interval_count: number }> = {
  monthly: { interval_unit: 'MONTH', interval_count: 1 },
  quarterly: { interval_unit: 'MONTH', interval_count: 3 },
  annual: { interval_unit: 'YEAR', interval_count: 1 },
};

const made = z.object({ id: z.string() });
const listedPlans = z.object({
  plans: z.array(
    z.object({ id: z.string(), description: z.string().optional(), status: z.string() }),
  ),
  total_pages: z.int().optional(),
});
const wholePlan = z.object({
  name: z.string(),
  description: z.string().optional(),
  billing_cycles: z.array(
    z.object({
      tenure_type: z.string(),
      pricing_scheme: z.object({ fixed_price: payPalMoney }).optional(),
    }),
  ),
});

/** A plan as it is sold there; `price` in minor units for a whole cycle. */
export type PayPalPlan = { name: string; terms: PlanPrice; price: number; currency: string };

/** What a plan sells, kept in its description; another price is another plan. */
function keyOf({ plan, cycle }: Offer, cents: number): string {
  return `${plan.planId}_v${plan.version}_${cycle}_${cents}_${plan.currency}`;
}

const KEY = /^([a-z]+)_v(\d+)_([a-z]+)_(\d+)_([a-z]{3})$/;

function readKey(text: string | undefined): PlanPrice | null {
  const [, plan, version, cycle] = KEY.exec(text ?? '') ?? [];
  const planId = planIdSchema.safeParse(plan);
  const billingCycle = billingCycleSchema.safeParse(cycle);
  if (!planId.success || !billingCycle.success) return null;
  return { planId: planId.data, planVersion: Number(version), billingCycle: billingCycle.data };
}

/** One that somebody took off sale at PayPal is put on it again: our catalogue says what is sold. */
async function findPlan(key: string): Promise<string | null> {
  let resting: string | null = null;
  for (let page = 1; ; page++) {
    const path = `/v1/billing/plans?product_id=${PRODUCT}&page_size=${PAGE_SIZE}&page=${page}&total_required=true`;
    const { plans, total_pages } = await callPayPal({ method: 'GET', path }, listedPlans);
    const own = plans.filter(({ description }) => description === key);
    const found = own.find(({ status }) => status === 'ACTIVE');
    if (found) return found.id;
    resting ??= own[0]?.id ?? null;
    if (page >= (total_pages ?? 1) || plans.length === 0) break;
  }
  if (resting) await tellPayPal({ method: 'POST', path: `/v1/billing/plans/${resting}/activate` });
  return resting;
}

async function ensureProduct(): Promise<void> {
  const path = '/v1/catalogs/products';
  if (await orMissing(callPayPal({ method: 'GET', path: `${path}/${PRODUCT}` }, made))) return;
  const body = { id: PRODUCT, name: 'NeoZork', type: 'SERVICE', category: 'SOFTWARE' };
  await callPayPal({ method: 'POST', path, body, requestId: `product-${PRODUCT}` }, made);
}

function priceOf({ plan, cycle }: Offer): number {
  const cents = plan.prices[cycle];
  if (cents === null) throw new RangeError(`${plan.planId} has no ${cycle} price`);
  return cents;
}

/**
 * PayPal's plan of an offer, made when it isn't there yet. Found by its description, so that it may be asked for
 * from anywhere, any number of times. Throws a RangeError for a plan on quote.
 */
export async function ensurePlan(offer: Offer): Promise<string> {
  const { plan, cycle } = offer;
  const cents = priceOf(offer);
  await ensureProduct();
  const key = keyOf(offer, cents);
  const found = await findPlan(key);
  if (found) return found;
  const body = {
    product_id: PRODUCT,
    name: `NeoZork ${plan.name}, ${cycle}`,
    description: key,
    billing_cycles: [
      {
        frequency: frequencies[cycle],
        tenure_type: 'REGULAR',
        sequence: 1,
        total_cycles: 0,
        pricing_scheme: { fixed_price: moneyOf(cents, plan.currency) },
      },
    ],
    payment_preferences: { auto_bill_outstanding: true, payment_failure_threshold: FAILURES },
  };
  const path = '/v1/billing/plans';
  return (await callPayPal({ method: 'POST', path, body, requestId: `plan-${key}` }, made)).id;
}

/** Ids of plans by what they sell, as this process has seen them. */
const seen = new Map<string, string>();

/**
 * Sells by PayPal's plan of an offer, which is asked for only when it isn't known, or refused: it may not be on sale there
 * any more.
 */
export async function sellBy<T>(offer: Offer, sell: (planId: string) => Promise<T>): Promise<T> {
  const key = keyOf(offer, priceOf(offer));
  const known = seen.get(key);
  if (known) {
    try {
      return await sell(known);
    } catch (error) {
      if (!isPayPalRefusal(error)) throw error;
      seen.delete(key);
    }
  }
  const planId = await ensurePlan(offer);
  seen.set(key, planId);
  return sell(planId);
}

/** Plans never change, so that each is read once. */
const known = new Map<string, PayPalPlan>();

/** What a plan of PayPal's sells; null for one that isn't the catalogue's. */
export async function readPlan(id: string): Promise<PayPalPlan | null> {
  const before = known.get(id);
  if (before) return before;
  const plan = await callPayPal({ method: 'GET', path: `/v1/billing/plans/${id}` }, wholePlan);
  const terms = readKey(plan.description);
  const price = plan.billing_cycles.find(({ tenure_type }) => tenure_type === 'REGULAR')
    ?.pricing_scheme?.fixed_price;
  if (!terms || !price) return null;
  const read = {
    name: plan.name,
    terms,
    price: centsOf(price),
    currency: price.currency_code.toLowerCase(),
  };
  known.set(id, read);
  return read;
}
