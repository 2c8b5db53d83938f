import type pg from 'pg';
import type { Feature, PlanVersion } from '@/lib/domains/entitlements/schemas';
import { newId } from '@/lib/kernel/ids';

/** Decimal gigabytes, as disks and clouds sell them: 1 GB = 10^9 bytes. */
const GB = 1_000_000_000;

/** On sale since before any clock of a test or a sandbox begins. */
export const PUBLISHED_AT = '2020-01-01T00:00:00Z';

const STARTER: Feature[] = [
  'backtesting',
  'market_data',
  'api_read',
  'ml_basic',
  'paper_trading',
  'usage_overage',
];
const PROFESSIONAL: Feature[] = [...STARTER, 'api_write', 'ml_advanced', 'live_trading'];
const ENTERPRISE: Feature[] = [
  ...PROFESSIONAL,
  'ml_all',
  'multi_account',
  'custom_integrations',
  'compliance_reporting',
  'branding',
  'dedicated_support',
];

/** The first catalogue; prices in US cents (quarterly: 3 × monthly − 5 %, annual: 10 × monthly). */
export const firstPlans: readonly PlanVersion[] = [
  {
    planId: 'starter',
    version: 1,
    name: 'Starter',
    rank: 1,
    prices: { monthly: 4_900, quarterly: 13_965, annual: 49_000 },
    currency: 'usd',
    trialDays: 14,
    limits: {
      strategies: 5,
      backtests_per_month: 10,
      members: 1,
      api_calls_per_month: 10_000,
      api_keys: 1,
      storage_bytes: GB,
      requests_per_second: 5,
      burst: 20,
    },
    features: [...STARTER, 'email_support'],
    overage: { api_calls: 200 },
    quoted: null,
  },
  {
    planId: 'professional',
    version: 1,
    name: 'Professional',
    rank: 2,
    prices: { monthly: 19_900, quarterly: 56_715, annual: 199_000 },
    currency: 'usd',
    trialDays: 14,
    limits: {
      strategies: 25,
      backtests_per_month: 100,
      members: 5,
      api_calls_per_month: 100_000,
      api_keys: null,
      storage_bytes: 10 * GB,
      requests_per_second: 25,
      burst: 100,
    },
    features: [...PROFESSIONAL, 'priority_support'],
    overage: { api_calls: 150 },
    quoted: null,
  },
  {
    planId: 'enterprise',
    version: 1,
    name: 'Enterprise',
    rank: 3,
    prices: { monthly: 99_900, quarterly: 284_715, annual: 999_000 },
    currency: 'usd',
    trialDays: 30,
    limits: {
      strategies: null,
      backtests_per_month: null,
      members: 50,
      api_calls_per_month: 1_000_000,
      api_keys: null,
      storage_bytes: 100 * GB,
      requests_per_second: 100,
      burst: 400,
    },
    features: ENTERPRISE,
    overage: { api_calls: 100 },
    quoted: null,
  },
  {
    planId: 'institutional',
    version: 1,
    name: 'Institutional',
    rank: 4,
    prices: { monthly: null, quarterly: null, annual: null },
    currency: 'usd',
    trialDays: 60,
    // Requests a second are agreed in the contract, which overrides them for the tenant.
    limits: {
      strategies: null,
      backtests_per_month: null,
      members: null,
      api_calls_per_month: null,
      api_keys: null,
      storage_bytes: null,
      requests_per_second: null,
      burst: null,
    },
    features: [...ENTERPRISE, 'white_label', 'support_sla'],
    overage: { api_calls: null },
    quoted: null,
  },
];

/** Adds what the catalogue lacks. A version that was ever sold is never touched. */
export async function seedPlans(admin: pg.Client): Promise<void> {
  for (const plan of firstPlans) {
    await admin.query(
      `INSERT INTO plan_version (id, plan_id, version, name, rank, prices, currency, trial_days,
                                 limits, features, overage, published_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (plan_id, version) DO NOTHING`,
      [
        newId(),
        plan.planId,
        plan.version,
        plan.name,
        plan.rank,
        JSON.stringify(plan.prices),
        plan.currency,
        plan.trialDays,
        JSON.stringify(plan.limits),
        JSON.stringify(plan.features),
        JSON.stringify(plan.overage),
        PUBLISHED_AT,
      ],
    );
  }
}
