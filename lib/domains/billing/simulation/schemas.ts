import { z } from 'zod';
import {
  billingCycleSchema,
  featureSchema,
  limitNameSchema,
  planIdSchema,
} from '@/lib/domains/entitlements/schemas';
import { moneyDto } from '../schemas';

export const simulationMonths = [3, 6, 12] as const;

export const planSimulationQuery = z.strictObject({
  months: z.coerce
    .number()
    .pipe(z.literal(simulationMonths, 'Choose 3, 6 or 12 months.'))
    .default(12),
});
export type PlanSimulationQuery = z.output<typeof planSimulationQuery>;

const time = z.iso.datetime();

/** What the time from `from` to `to` would have cost; before discounts and tax, prices by the share of the time. */
export const planSimulation = z.object({
  months: z.int(),
  /** Later than so many months ago where there is no older history. */
  from: time,
  to: time,
  /** Whether there is history for all the months asked for. */
  complete: z.boolean(),
  /** What was charged for that time, without what was used beyond a limit. */
  paid: moneyDto,
  options: z.array(
    z.object({
      plan_id: planIdSchema,
      plan_name: z.string(),
      version: z.int(),
      billing_cycle: billingCycleSchema,
      /** What the subscription that runs is charged by. */
      current: z.boolean(),
      price: moneyDto,
      /** API calls beyond the limit, had overage been on without a budget; null where it isn't offered. */
      overage: moneyDto.nullable(),
      /** `price` less what was charged. */
      difference: moneyDto,
      /** Months (their first day) in which more was used than the plan includes. */
      limits_hit: z.array(
        z.object({
          limit: limitNameSchema,
          included: z.number(),
          months: z.array(z.object({ month: z.iso.date(), used: z.number() })),
        }),
      ),
      features_gained: z.array(featureSchema),
      features_lost: z.array(featureSchema),
    }),
  ),
});
export type PlanSimulation = z.infer<typeof planSimulation>;
