import {
  type BillingCycle,
  billingCycleSchema,
  getEntitlements,
  getPlanVersion,
  isAvailable,
  listPlanVersions,
  type PlanVersion,
} from '@/lib/domains/entitlements';
import { limitOfMeter } from '@/lib/domains/usage';
import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { money } from '@/lib/kernel/money';
import { dateOf } from '@/lib/kernel/unix-time';
import type { Span } from '../engine';
import { mayReadBilling } from '../policy';
import { readCharged, readSpans, readUse, readWindow, type UseByMonth } from './read-history';
import type { PlanSimulation, PlanSimulationQuery } from './schemas';
import { simulateOffer, termsOfOffer } from './simulate-offer';

type Option = PlanSimulation['options'][number];
type Held = { plan: PlanVersion; cycle: BillingCycle | null };

function limitsHit({ limits }: PlanVersion, use: UseByMonth): Option['limits_hit'] {
  return Object.entries(limitOfMeter).flatMap(([meter, limit]) => {
    const included = limits[limit];
    if (included === null) return [];
    const months = [...(use.get(meter) ?? [])]
      .filter(([, used]) => used > included)
      .map(([month, used]) => ({ month: dateOf(month).toISOString().slice(0, 10), used }));
    return months.length === 0 ? [] : [{ limit, included, months }];
  });
}

/** The plan that gives the tenant its rights now, and the cycle where a subscription runs. */
async function readHeld(tx: Tx, ctx: Ctx): Promise<Held | null> {
  const { tenantId } = ctx;
  const row = await tx.subscription.findFirst({
    where: { tenantId, status: { notIn: ['cancelled', 'incomplete'] } },
  });
  if (row) {
    const plan = await getPlanVersion(tx, row.planId, row.planVersion);
    return { plan, cycle: billingCycleSchema.parse(row.billingCycle) };
  }
  const { planId, planVersion } = await getEntitlements(tx, ctx);
  return planVersion === 0
    ? null
    : { plan: await getPlanVersion(tx, planId, planVersion), cycle: null };
}

/** What is on sale, and the version that is held where that is an older one. */
function offersOf(onSale: readonly PlanVersion[], held: Held | null): PlanVersion[] {
  const same = (plan: PlanVersion) =>
    plan.planId === held?.plan.planId && plan.version === held.plan.version;
  const older = held?.cycle && !onSale.some(same) ? [held.plan] : [];
  return [...onSale, ...older].sort((a, b) => a.rank - b.rank || a.version - b.version);
}

function toOption(
  plan: PlanVersion,
  cycle: BillingCycle,
  of: { held: Held | null; spans: readonly Span[]; use: UseByMonth; charged: number },
): Option | null {
  const terms = termsOfOffer(plan, cycle);
  if (!terms) return null;
  const { held, use } = of;
  const cost = simulateOffer(terms, of.spans, (meter, month) => use.get(meter)?.get(month) ?? 0);
  const cents = (amount: number) => money(amount, plan.currency);
  const without = (features: PlanVersion['features'], others: PlanVersion['features']) =>
    features.filter((feature) => isAvailable(feature) && !others.includes(feature));
  const before = held?.plan.features ?? [];
  return {
    plan_id: plan.planId,
    plan_name: plan.name,
    version: plan.version,
    billing_cycle: cycle,
    current:
      held?.cycle === cycle &&
      held.plan.planId === plan.planId &&
      held.plan.version === plan.version,
    price: cents(cost.price),
    overage: terms.overage.length === 0 ? null : cents(cost.overage),
    difference: cents(cost.price - of.charged),
    limits_hit: limitsHit(plan, use),
    features_gained: without(plan.features, before),
    features_lost: without(before, plan.features),
  };
}

/**
 * What the tenant's own last months would have cost on each plan and cycle, beside what they did cost: prices by the
 * share of the time, before tax; of the plans alone, also before discounts. No provider is asked.
 */
export async function getPlanSimulation(
  ctx: Ctx,
  { months }: PlanSimulationQuery,
): Promise<PlanSimulation> {
  mayReadBilling(ctx);
  return withTenant(ctx, async (tx) => {
    const { window, complete } = await readWindow(tx, ctx, months);
    const held = await readHeld(tx, ctx);
    const onSale = await listPlanVersions(tx, ctx.clock.now());
    const charged = await readCharged(tx, ctx, window);
    const of = {
      held,
      spans: await readSpans(tx, ctx, window),
      use: await readUse(tx, ctx, window),
      charged,
    };
    return {
      months,
      from: dateOf(window.start).toISOString(),
      to: dateOf(window.end).toISOString(),
      complete,
      paid: money(charged, held?.plan.currency ?? 'usd'),
      options: offersOf(onSale, held).flatMap((plan) =>
        billingCycleSchema.options.flatMap((cycle) => toOption(plan, cycle, of) ?? []),
      ),
    };
  });
}
