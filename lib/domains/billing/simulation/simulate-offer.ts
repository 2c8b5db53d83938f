import type { BillingCycle, PlanVersion } from '@/lib/domains/entitlements';
import { limitOf, overageMeters } from '../overage/schemas';
import { monthAt, type OverageTerms, runTimeline, share, type Span, type Terms } from '../engine';

/** Units of a meter in the calendar month (UTC) that begins at an instant. */
export type MonthlyUse = (meter: string, monthStart: number) => number;

/** Minor units of the plan's currency, before discounts and tax. */
export type OfferCost = { price: number; overage: number };

function overageTerms({ limits, overage }: PlanVersion): OverageTerms[] {
  return overageMeters.flatMap((meter) => {
    const cents = overage[meter];
    return cents === null
      ? []
      : [{ meter, included: limits[limitOf[meter]], centsPerThousand: cents }];
  });
}

/** What the engine charges by; null for a plan on quote, whose price nobody knows. */
export function termsOfOffer(plan: PlanVersion, cycle: BillingCycle): Terms | null {
  const price = plan.prices[cycle];
  if (price === null) return null;
  return {
    cycle,
    items: [{ key: plan.planId, kind: 'plan', price, quantity: 1 }],
    overage: overageTerms(plan),
  };
}

/** The part of an amount that was charged for a period and falls into a span. */
export function shareWithin(amount: number, period: Span, span: Span): number {
  const length = period.end - period.start;
  const within = Math.min(period.end, span.end) - Math.max(period.start, span.start);
  if (within <= 0 || length <= 0) return 0;
  return share(amount, within, length);
}

/**
 * What a plan and cycle would have charged for spans of time in which it was held, each begun and ended on its own, by
 * the rules of the engine: prices by the share of their period that lies in the span, so that a year paid ahead
 * compares with a month; overage as if it had been on without a budget.
 */
export function simulateOffer(terms: Terms, spans: readonly Span[], usedIn: MonthlyUse): OfferCost {
  const cost = { price: 0, overage: 0 };
  for (const span of spans) {
    if (span.end <= span.start) continue;
    const { invoices } = runTimeline({
      start: { at: span.start, terms, trialEnd: null },
      acts: [{ kind: 'cancel', when: 'now', at: span.end }],
      unitsIn: (meter, { start }) => usedIn(meter, monthAt(start).start),
      budgetOf: () => null,
      until: span.end + 1,
    });
    for (const line of invoices.flatMap(({ lines }) => lines)) {
      if (line.overage) cost.overage += line.amount;
      else cost.price += shareWithin(line.amount, line.period, span);
    }
  }
  return cost;
}
