import { type BillingCycle, billingCycleSchema } from '@/lib/domains/entitlements';

export type Span = { start: number; end: number };

/** The time in which one tenant was charged by a version and cycle of a plan. */
export type Holding = { version: number; cycle: BillingCycle; spans: Span[] };

/** A step of a subscription's history; `at` in seconds since 1970. */
export type Step = {
  subscriptionId: string;
  at: number;
  status: string;
  planId: string;
  version: number;
  cycle: string;
};

const CHARGED = new Set(['active', 'past_due']);

/**
 * What a tenant held of a plan within a window, from its history (oldest first): a step's terms count until the same
 * subscription's next step. Time on trial, paused or unpaid isn't charged.
 */
export function holdingsOf(steps: readonly Step[], planId: string, window: Span): Holding[] {
  const holdings = new Map<string, Holding>();
  steps.forEach((step, place) => {
    if (step.planId !== planId || !CHARGED.has(step.status)) return;
    const next = steps
      .slice(place + 1)
      .find(({ subscriptionId }) => subscriptionId === step.subscriptionId);
    const start = Math.max(step.at, window.start);
    const end = Math.min(next?.at ?? window.end, window.end);
    if (end <= start) return;
    const cycle = billingCycleSchema.parse(step.cycle);
    const key = `${step.version} ${cycle}`;
    const holding = holdings.get(key) ?? { version: step.version, cycle, spans: [] };
    const last = holding.spans.at(-1);
    // A failed payment and its success leave the period as it was.
    if (last?.end === start) last.end = end;
    else holding.spans.push({ start, end });
    holdings.set(key, holding);
  });
  return [...holdings.values()];
}
