import { formatBytes, formatMoney, formatQuantity } from '../ui/figure-format';
import type { BillingCycle, PlanLimits, PlanMoney } from './plan-types';

/** The lines of the comparison, in order. */
export const limitLabels: readonly { id: keyof PlanLimits; label: string }[] = [
  { id: 'strategies', label: 'Strategies' },
  { id: 'backtests_per_month', label: 'Back-tests a month' },
  { id: 'members', label: 'Members' },
  { id: 'api_calls_per_month', label: 'API calls a month' },
  { id: 'api_keys', label: 'API keys' },
  { id: 'requests_per_second', label: 'Requests a second' },
  { id: 'burst', label: 'Requests in a burst' },
  { id: 'storage_bytes', label: 'Storage' },
];

/** Prices on public pages are the same text for every reader. */
export function writePrice(price: PlanMoney): string {
  return formatMoney(price.amount, price.currency, { whole: true });
}

export function writeLimit(id: keyof PlanLimits, limit: number | null): string {
  if (limit === null) return 'Unlimited';
  return id === 'storage_bytes' ? formatBytes(limit) : formatQuantity(limit);
}

export const cycleWords: Record<BillingCycle, string> = {
  monthly: 'a month',
  quarterly: 'a quarter',
  annual: 'a year',
};
