/** A plan as `GET /api/v1/plans` tells it, with the words for its features beside their names. */

export interface PlanMoney {
  /** Minor units. */
  amount: number;
  currency: string;
}

export type BillingCycle = 'monthly' | 'quarterly' | 'annual';

/** null is unlimited. */
export interface PlanLimits {
  strategies: number | null;
  backtests_per_month: number | null;
  members: number | null;
  api_calls_per_month: number | null;
  api_keys: number | null;
  storage_bytes: number | null;
  requests_per_second: number | null;
  burst: number | null;
}

export interface PlanOffer {
  id: string;
  name: string;
  /** null where the price is quoted. */
  prices: Record<BillingCycle, PlanMoney | null>;
  trial_days: number;
  limits: PlanLimits;
  /** What is there today. */
  features: readonly string[];
  /** Price of each thousand API calls past the limit, while that is sold; else absent or null. */
  overage_per_1000_calls?: PlanMoney | null;
}

/** A feature that some plan has, in the order of the comparison. */
export interface FeatureName {
  id: string;
  label: string;
}
