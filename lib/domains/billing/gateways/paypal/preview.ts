import type { ProviderLine } from '../../invoice-lines';
import type { Gateway } from '../port';
import { type Live, retrieve } from './calls';
import { type PayPalPlan, readPlan } from './catalogue';
import { cycleAt } from './from-paypal';
import { centsOf } from './money';

function lineOf(live: Live, plan: PayPalPlan, at: Date): ProviderLine {
  const { start, end } = cycleAt(live, plan, at);
  return {
    kind: 'period',
    itemKey: plan.terms.planId,
    description: plan.name,
    quantity: 1,
    unitAmount: String(plan.price),
    amount: plan.price,
    discount: 0,
    tax: 0,
    periodStart: start,
    periodEnd: end,
    proration: null,
    usage: null,
    providerId: null,
    credits: [],
  };
}

/** What PayPal takes next: the plan's price, and what failed before. */
export const previewRenewal: Gateway['previewRenewal'] = async ({ providerId }) => {
  const live = await retrieve(providerId);
  const at = live.billing_info?.next_billing_time;
  const plan = await readPlan(live.plan_id);
  if (live.status !== 'ACTIVE' || !at || !plan) return null;
  const { outstanding_balance } = live.billing_info ?? {};
  const total = plan.price + (outstanding_balance ? centsOf(outstanding_balance) : 0);
  const line = lineOf(live, plan, at);
  return {
    at,
    currency: plan.currency,
    total,
    due: total,
    creditBefore: 0,
    lines: [line],
    periodEnd: line.periodEnd,
  };
};
