import { z } from 'zod';
import { simulationMonths } from '@/lib/domains/billing/simulation/schemas';
import { billingCycleSchema, planIdSchema } from '@/lib/domains/entitlements/schemas';
import { blankAsAbsent } from '@/lib/kernel/blank-as-absent';

export const repriceBody = z.strictObject({
  /** The published version to price by; without one, the draft. */
  version: z.preprocess(blankAsAbsent, z.coerce.number().int().min(1).optional()),
  months: z.coerce.number().pipe(z.literal(simulationMonths, 'Choose 3, 6 or 12 months.')),
});
export const repriceInput = repriceBody.extend({ id: z.string().max(60) });
export type RepriceInput = z.output<typeof repriceInput>;

/** Upper edges of the change in percent; the first and the last bucket are open. */
export const repriceEdges = [-20, -5, 0, 0.000_001, 5, 20] as const;

/** A tenant's time on the plan by one cycle: minor units, before discounts and tax. */
export const repriceRow = z.object({
  tenant: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  billing_cycle: billingCycleSchema,
  /** Prices by the share of the time, and overage as if it had been on. */
  was: z.int(),
  would: z.int().nullable(),
  difference: z.int().nullable(),
  overage_was: z.int(),
  overage_would: z.int().nullable(),
});
export type RepriceRow = z.infer<typeof repriceRow>;

export const repriceReport = z.object({
  plan_id: planIdSchema,
  currency: z.string(),
  /** The published version that was priced; null: the draft. */
  version: z.int().nullable(),
  /** The draft's revision that was priced, and whether the draft has changed or gone since. */
  revision: z.int(),
  outdated: z.boolean(),
  months: z.int(),
  total: z.int(),
  done: z.int(),
  finished: z.boolean(),
  asked_at: z.iso.datetime(),
  was: z.int(),
  would: z.int(),
  /** Who pays less, who pays more, who the same; who has a cycle that the draft doesn't sell. */
  winners: z.int(),
  losers: z.int(),
  unchanged: z.int(),
  unpriced: z.int(),
  /** Tenants by the change in percent; `null` is an open end. */
  distribution: z.array(
    z.object({ above: z.number().nullable(), up_to: z.number().nullable(), tenants: z.int() }),
  ),
  /** Who would pay most more first, at most 500; all of them come as CSV. */
  rows: z.array(repriceRow),
  /** How many there are. */
  row_count: z.int(),
});
export type RepriceReport = z.infer<typeof repriceReport>;
