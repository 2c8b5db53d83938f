import { z } from 'zod';
import { amount, each, limit, nested } from '../typed-fields';
import {
  billingCycles,
  type Feature,
  featureSchema,
  limitNames,
  limitsSchema,
  planIdSchema,
  planVersionSchema,
  pricesSchema,
} from '@/lib/domains/entitlements/schemas';

const { overage } = planVersionSchema.shape;

/** In the order of the catalogue, each once: so that two lists can be compared. */
export const inCatalogueOrder = (features: readonly Feature[]): Feature[] =>
  featureSchema.options.filter((one) => features.includes(one));

/** What a plan version says; prices in minor units, overage in cents for a thousand. */
export const planContent = z.strictObject({
  name: z.string().trim().min(1, 'Give the plan a name.').max(60),
  prices: pricesSchema,
  trial_days: z.int().min(0).max(365),
  limits: limitsSchema,
  features: z.array(featureSchema).overwrite(inCatalogueOrder),
  overage,
});
export type PlanContent = z.output<typeof planContent>;

/** `revision` is the plan's `draft_revision` as it was read. */
const revision = z.int().min(0);
export const planDraftBody = z.strictObject({ revision, content: planContent });
export const planRevisionBody = z.strictObject({ revision: z.coerce.number().int().min(1) });
export const planArchiveBody = z.strictObject({ version: z.coerce.number().int().min(1) });

const id = z.string().max(60);
export const planRevisionInput = planRevisionBody.extend({ id });
export const planArchiveInput = planArchiveBody.extend({ id });
export type PlanDraftInput = { id: string } & z.output<typeof planDraftBody>;
export type PlanRevisionInput = z.output<typeof planRevisionInput>;
export type PlanArchiveInput = z.output<typeof planArchiveInput>;

/** The editor's form: amounts and limits as they are typed. */
export const planDraftForm = z
  .preprocess(
    nested,
    z.strictObject({
      id,
      revision: z.coerce.number().int().min(0),
      name: planContent.shape.name,
      prices: each(billingCycles, amount),
      trial_days: z.coerce.number().int().min(0).max(365),
      limits: each(limitNames, limit),
      features: planContent.shape.features.default([]),
      overage: each(Object.keys(overage.shape) as (keyof typeof overage.shape)[], amount),
    }),
  )
  .transform(
    ({ id: planId, revision: read, ...content }): PlanDraftInput => ({
      id: planId,
      revision: read,
      content,
    }),
  );

export const planFinding = z.object({ path: z.string(), message: z.string() });
export type PlanFinding = z.infer<typeof planFinding>;

export const planChange = z.object({ path: z.string(), before: z.json(), after: z.json() });
export type PlanChange = z.infer<typeof planChange>;

/** `faults` keep it from being published, `warnings` don't; `changes` against the version on sale. */
export const planReview = z.object({
  faults: z.array(planFinding),
  warnings: z.array(planFinding),
  changes: z.array(planChange),
});
export type PlanReview = z.infer<typeof planReview>;

const count = z.int().min(0);
const time = z.iso.datetime();

export const adminPlan = z.object({
  id: planIdSchema,
  name: z.string(),
  currency: z.string(),
  /** The version on sale; null: archived. */
  on_sale: z.int().nullable(),
  /** Newest first. */
  versions: z.array(
    z.object({
      version: z.int(),
      content: planContent,
      published_at: time,
      retired_at: time.nullable(),
      /** Subscriptions that haven't ended and are charged by it, and those that change to it at their period's end. */
      subscriptions: count,
      waiting: count,
    }),
  ),
  /** Counts every saving, publishing and discarding of a draft, and never goes back; 0: nothing was ever written. */
  draft_revision: count,
  draft: z
    .object({ revision: z.int(), content: planContent, updated_at: time, review: planReview })
    .nullable(),
});
export type AdminPlan = z.infer<typeof adminPlan>;

export const adminPlanList = z.object({
  data: z.array(adminPlan),
  next_cursor: z.null(),
});
