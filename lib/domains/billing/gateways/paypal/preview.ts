import type { Gateway } from '../port';
import { retrieve } from './calls';
import { readPlan } from './catalogue';
import { wholePeriodAt } from './compose-invoices';
import { centsOf } from './money';

/** What PayPal takes next: the plan's price, and what failed before. */
export const previewRenewal: Gateway['previewRenewal'] = async ({ providerId }) => {
  const live = await retrieve(providerId);
  const at = live.billing_info?.next_billing_time;
  const plan = await readPlan(live.plan_id);
  if (live.status !== 'ACTIVE' || !at || !plan) return null;
  const { outstanding_balance } = live.billing_info ?? {};
  const total = plan.price + (outstanding_balance ? centsOf(outstanding_balance) : 0);
  const line = wholePeriodAt(live, plan, at);
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
