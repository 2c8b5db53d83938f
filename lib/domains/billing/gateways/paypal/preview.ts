import type { ProviderLine } from '../../invoice-lines';
import type { Gateway } from '../port';
import { retrieve } from './calls';
import { readPlan } from './catalogue';
import { wholePeriodAt } from './compose-invoices';
import { centsOf } from './money';

/** What couldn't be taken before and comes with the next payment. */
const failedBefore = (line: ProviderLine, amount: number): ProviderLine => ({
  ...line,
  kind: 'other',
  itemKey: null,
  description: 'Payments that failed before',
  unitAmount: null,
  amount,
});

/** What PayPal takes next: the plan's price, and what failed before. */
export const previewRenewal: Gateway['previewRenewal'] = async ({ providerId }) => {
  const live = await retrieve(providerId);
  const at = live.billing_info?.next_billing_time;
  const plan = await readPlan(live.plan_id);
  if (live.status !== 'ACTIVE' || !at || !plan) return null;
  const { outstanding_balance } = live.billing_info ?? {};
  const owed = outstanding_balance ? centsOf(outstanding_balance) : 0;
  const total = plan.price + owed;
  const line = wholePeriodAt(live, plan, at);
  return {
    at,
    currency: plan.currency,
    total,
    due: total,
    creditBefore: 0,
    lines: [...(owed > 0 ? [failedBefore(line, owed)] : []), line],
    periodEnd: line.periodEnd,
  };
};
