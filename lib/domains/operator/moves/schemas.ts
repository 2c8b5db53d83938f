import { z } from 'zod';
import {
  leftOutReasonSchema,
  moveMomentSchema,
  moveStateSchema,
} from '@/lib/domains/billing/moves/schemas';
import { billingCycleSchema, planIdSchema } from '@/lib/domains/entitlements/schemas';
import { page } from '../list-parts';

/** A year and a bit: longer than the longest cycle helps nobody. */
const MOST_NOTICE_DAYS = 400;
const version = z.coerce.number().int().min(1);

/** `notice_days` counts before a higher price only, and only at renewals. */
export const planMoveBody = z.strictObject({
  to_version: version,
  from_versions: z.preprocess(
    (value) => (Array.isArray(value) ? value : [value]),
    z.array(version).min(1, 'Choose at least one version.').max(100),
  ),
  moment: moveMomentSchema.default('renewal'),
  notice_days: z.coerce
    .number('Type a number of days.')
    .int('Type a whole number of days.')
    .min(0, 'Type 0 or more days.')
    .max(MOST_NOTICE_DAYS, `At most ${MOST_NOTICE_DAYS} days.`)
    .default(14),
});
const id = z.string().max(60);
export const planMoveInput = planMoveBody.extend({ id });
export type PlanMoveInput = z.output<typeof planMoveInput>;
export const planMoveIdInput = z.strictObject({ id, move_id: id });
export type PlanMoveIdInput = z.output<typeof planMoveIdInput>;
export const planMovePartQuery = z.strictObject(page);
export type PlanMovePartQuery = z.output<typeof planMovePartQuery>;

const count = z.int().min(0);

/** What a move would do, as of now; prices in minor units, before tax and discounts. */
export const planMovePreview = z.object({
  plan_id: planIdSchema,
  currency: z.string(),
  to_version: z.int(),
  /** What was asked: the move that is sent after it is this one. */
  from_versions: z.array(z.int()),
  moment: moveMomentSchema,
  notice_days: count,
  /** Those who would be moved, by what they have. */
  groups: z.array(
    z.object({
      version: z.int(),
      billing_cycle: billingCycleSchema,
      subscriptions: count,
      price_before: z.int().nullable(),
      price_after: z.int().nullable(),
    }),
  ),
  left_out: z.array(z.object({ reason: leftOutReasonSchema, subscriptions: count })),
  subscriptions: count,
  /** How many of them live in a time of their own; they are moved, and count in no sum. */
  sandboxes: count,
  /** Their list prices a month. */
  monthly_before: z.int(),
  monthly_after: z.int(),
});
export type PlanMovePreview = z.infer<typeof planMovePreview>;

export const planMove = z.object({
  id: z.string(),
  plan_id: planIdSchema,
  to_version: z.int(),
  from_versions: z.array(z.int()),
  moment: moveMomentSchema,
  notice_days: z.int(),
  total: count,
  /** Tenants that were written down so far, and whether these are all. */
  done: count,
  spread: z.boolean(),
  /** How many are in which state. */
  states: z.record(moveStateSchema, count),
  /** Whether nothing is to happen any more. */
  finished: z.boolean(),
  asked_at: z.iso.datetime(),
  cancelled_at: z.iso.datetime().nullable(),
});
export type PlanMoveDto = z.infer<typeof planMove>;
export const planMoveList = z.object({ data: z.array(planMove), next_cursor: z.null() });

export const planMovePart = z.object({
  tenant: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  from_version: z.int(),
  state: moveStateSchema,
  reason: leftOutReasonSchema.nullable(),
  effective_at: z.iso.datetime().nullable(),
  noticed_at: z.iso.datetime().nullable(),
  updated_at: z.iso.datetime(),
});
export type PlanMovePartDto = z.infer<typeof planMovePart>;
export const planMovePartPage = z.object({
  data: z.array(planMovePart),
  next_cursor: z.string().nullable(),
});
export type PlanMovePartPage = z.infer<typeof planMovePartPage>;
