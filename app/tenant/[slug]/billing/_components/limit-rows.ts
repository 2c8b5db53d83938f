import type { BillingOverview } from '@/lib/domains/billing';
import type { Standing } from '@/lib/domains/onboarding';
import type { CurrentUsageRow } from '@/lib/domains/usage';

export interface LimitRow {
  label: string;
  used: number;
  limit: number | null;
  unit?: string;
  /** Filled rather than used up. */
  places?: boolean;
  resetsAt: string | null;
  reachedAt: string | null;
  /** The smallest larger plan with more room; null when there is none. */
  upgradeTo: { id: string; name: string } | null;
}

type LimitName = keyof BillingOverview['rights']['limits'];

function largerPlan({ rights, plans }: BillingOverview, name: LimitName) {
  const limit = rights.limits[name];
  if (limit === null) return null;
  const plan = plans
    .filter(({ id }) => rights.larger_plans.includes(id))
    .find((each) => (each.limits[name] ?? Number.POSITIVE_INFINITY) > limit);
  return plan ? { id: plan.id, name: plan.name } : null;
}

/** What the plan limits, with how much of it is used. */
export function limitRows(
  overview: BillingOverview,
  standing: Standing,
  usage: readonly CurrentUsageRow[],
): LimitRow[] {
  const row = (label: string, name: LimitName, used: number, unit?: string): LimitRow => ({
    label,
    used,
    limit: overview.rights.limits[name],
    ...(unit ? { unit } : {}),
    resetsAt: null,
    reachedAt: null,
    upgradeTo: largerPlan(overview, name),
  });
  const metered = (label: string, name: LimitName, meter: string, unit?: string): LimitRow => {
    const found = usage.find((each) => each.meter === meter);
    return {
      ...row(label, name, found?.used ?? 0, unit),
      resetsAt: found?.resets_at ?? null,
      reachedAt: found?.limit_reached_at ?? null,
    };
  };
  const places = (label: string, name: LimitName, used: number): LimitRow => ({
    ...row(label, name, used),
    places: true,
  });
  return [
    metered('Back-tests this month', 'backtests_per_month', 'backtests'),
    metered('API calls this month', 'api_calls_per_month', 'api_calls'),
    places('Strategies', 'strategies', standing.strategies),
    places('Members', 'members', standing.members),
    places('API keys', 'api_keys', standing.api_keys),
    metered('Storage', 'storage_bytes', 'storage_bytes', 'bytes'),
  ];
}
