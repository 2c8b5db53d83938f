import { limitLabels } from '@/components/marketing/plan-words';
import { formatMoney, formatQuantity } from '@/components/ui/figure-format';
import { featureCatalogue, featureSchema } from '@/lib/domains/entitlements/schemas';
import type { AdminPlan } from '@/lib/domains/operator/plans/schemas';

const names: Record<string, string> = {
  name: 'Name',
  trial_days: 'Trial days',
  features: 'Features',
  prices: 'Prices',
  'prices.monthly': 'Monthly price',
  'prices.quarterly': 'Quarterly price',
  'prices.annual': 'Annual price',
  'overage.api_calls': 'Overage, a thousand API calls',
  ...Object.fromEntries(limitLabels.map(({ id, label }) => [`limits.${id}`, label])),
};

/** `prices.monthly` as people call it. */
export const partName = (path: string) => names[path] ?? path;

type Value = NonNullable<AdminPlan['draft']>['review']['changes'][number]['after'];

const featureLabel = (name: Value) => {
  const feature = featureSchema.safeParse(name);
  return feature.success ? featureCatalogue[feature.data].label : JSON.stringify(name);
};

/** One part of a version as text. */
export function partText(path: string, value: Value, currency: string): string {
  if (Array.isArray(value)) return value.map(featureLabel).join(', ') || 'none';
  const [group] = path.split('.');
  if (value === null) {
    if (group === 'limits') return 'Unlimited';
    return group === 'prices' ? 'By quote' : 'None';
  }
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return JSON.stringify(value);
  return group === 'prices' || group === 'overage'
    ? formatMoney(value, currency)
    : formatQuantity(value);
}
