import type pg from 'pg';
import type { AddOnVersion } from '@/lib/domains/entitlements/add-ons/schemas';
import { newId } from '@/lib/kernel/ids';
import { PUBLISHED_AT } from './plans';

/** As for plans: quarterly 3 × monthly − 5 %, annual 10 × monthly. */
const byMonth = (monthly: number) => ({
  monthly,
  quarterly: Math.round(monthly * 2.85),
  annual: monthly * 10,
});

/** The first catalogue, in US cents; each costs less than the step to the next plan, and many of it cost more. */
export const firstAddOns: readonly AddOnVersion[] = [
  {
    key: 'extra_members',
    version: 1,
    name: 'Extra member',
    rank: 1,
    prices: byMonth(1_500),
    currency: 'usd',
    gives: { members: 1 },
    plans: ['starter', 'professional', 'enterprise'],
    most: 100,
  },
  {
    key: 'extra_strategies',
    version: 1,
    name: 'Strategy pack',
    rank: 2,
    prices: byMonth(2_000),
    currency: 'usd',
    gives: { strategies: 10 },
    plans: ['starter', 'professional'],
    most: 50,
  },
  {
    key: 'extra_backtests',
    version: 1,
    name: 'Back-test pack',
    rank: 3,
    prices: byMonth(2_500),
    currency: 'usd',
    gives: { backtests_per_month: 50 },
    plans: ['starter', 'professional'],
    most: 50,
  },
  {
    key: 'extra_api_calls',
    version: 1,
    name: 'API call pack',
    rank: 4,
    prices: byMonth(4_000),
    currency: 'usd',
    gives: { api_calls_per_month: 50_000 },
    plans: ['starter', 'professional', 'enterprise'],
    most: 100,
  },
  {
    key: 'extra_storage',
    version: 1,
    name: 'Storage pack',
    rank: 5,
    prices: byMonth(500),
    currency: 'usd',
    gives: { storage_bytes: 10_000_000_000 },
    plans: ['starter', 'professional', 'enterprise'],
    most: 200,
  },
];

/** Adds what the catalogue lacks. A version that was ever sold is never touched. */
export async function seedAddOns(admin: pg.Client): Promise<void> {
  for (const addOn of firstAddOns) {
    await admin.query(
      `INSERT INTO add_on_version (id, key, version, name, rank, prices, currency, gives, plans, most, published_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (key, version) DO NOTHING`,
      [
        newId(),
        addOn.key,
        addOn.version,
        addOn.name,
        addOn.rank,
        JSON.stringify(addOn.prices),
        addOn.currency,
        JSON.stringify(addOn.gives),
        JSON.stringify(addOn.plans),
        addOn.most,
        PUBLISHED_AT,
      ],
    );
  }
}
