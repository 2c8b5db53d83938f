import { z } from 'zod';

/** Plans by rank: each lifts what the one before it limits. */
export const planIds = ['starter', 'professional', 'enterprise', 'institutional'] as const;
export const planIdSchema = z.enum(planIds);
export type PlanId = z.infer<typeof planIdSchema>;

/** What every new tenant tries. */
export const TRIAL_PLAN = 'starter' satisfies PlanId;

/**
 * What is counted or rated. `storage_bytes` is bytes (1 GB = 10^9), `requests_per_second` and
 * `burst` are the token bucket of the gateway; all others are numbers of things.
 */
export const limitNames = [
  'strategies',
  'backtests_per_month',
  'members',
  'api_calls_per_month',
  'api_keys',
  'storage_bytes',
  'requests_per_second',
  'burst',
] as const;
export const limitNameSchema = z.enum(limitNames);
export type LimitName = z.infer<typeof limitNameSchema>;

/** `null` is unlimited: a limit that can't be reached, never a number to compare with. */
export const limitsSchema = z.strictObject({
  strategies: z.int().min(0).nullable(),
  backtests_per_month: z.int().min(0).nullable(),
  members: z.int().min(0).nullable(),
  api_calls_per_month: z.int().min(0).nullable(),
  api_keys: z.int().min(0).nullable(),
  storage_bytes: z.int().min(0).nullable(),
  requests_per_second: z.int().min(0).nullable(),
  burst: z.int().min(0).nullable(),
} satisfies Record<LimitName, z.ZodType>);
export type Limits = z.infer<typeof limitsSchema>;

export type FeatureInfo = {
  label: string;
  /** False: planned. A planned feature is in no tenant's entitlements and is never sold as there. */
  available: boolean;
};

/** Every feature a plan can carry, in the order in which plans are compared. */
export const featureCatalogue = {
  backtesting: { label: 'Back-testing', available: true },
  market_data: { label: 'Market data upload (CSV)', available: true },
  api_read: { label: 'API access, read-only', available: true },
  api_write: { label: 'Full API access', available: true },
  branding: { label: 'White label: colours and logo', available: true },
  white_label: {
    label: 'White label: custom domain, e-mails, no NeoZork marks',
    available: false,
  },
  paper_trading: { label: 'Paper trading', available: false },
  live_trading: { label: 'Live trading', available: false },
  multi_account: { label: 'Several trading accounts', available: false },
  ml_basic: { label: 'Machine learning, basic models', available: false },
  ml_advanced: { label: 'Machine learning, advanced models', available: false },
  ml_all: { label: 'Machine learning, all models', available: false },
  usage_overage: { label: 'API calls beyond the limit, by use', available: true },
  email_support: { label: 'E-mail support', available: false },
  priority_support: { label: 'Priority support', available: false },
  dedicated_support: { label: 'Dedicated support', available: false },
  support_sla: { label: 'Support with a service level', available: false },
  custom_integrations: { label: 'Custom integrations', available: false },
  compliance_reporting: { label: 'Compliance reporting', available: false },
} as const satisfies Record<string, FeatureInfo>;

export type Feature = keyof typeof featureCatalogue;
export const features = Object.keys(featureCatalogue) as [Feature, ...Feature[]];
export const featureSchema = z.enum(features);

/** Whether a feature is there today; a planned one is in nobody’s rights. */
export function isAvailable(feature: Feature): boolean {
  const info: FeatureInfo = featureCatalogue[feature];
  return info.available;
}

/** Cents for each billing cycle, or null where the price is quoted. */
export const pricesSchema = z.strictObject({
  monthly: z.int().min(0).nullable(),
  quarterly: z.int().min(0).nullable(),
  annual: z.int().min(0).nullable(),
});
export const billingCycles = ['monthly', 'quarterly', 'annual'] as const;
export const billingCycleSchema = z.enum(billingCycles);
export type BillingCycle = z.infer<typeof billingCycleSchema>;

/** One version of a plan, as the catalogue keeps it. */
export const planVersionSchema = z.strictObject({
  planId: planIdSchema,
  version: z.int().min(1),
  name: z.string(),
  rank: z.int(),
  prices: pricesSchema,
  currency: z.string(),
  trialDays: z.int().min(0),
  limits: limitsSchema,
  features: z.array(featureSchema),
  /** Cents for each thousand API calls beyond the limit; null where none is offered. */
  overage: z.strictObject({ api_calls: z.int().nullable() }),
  /** Made for one tenant by quote, and collected by invoices due so many days after their date; null: of the catalogue. */
  quoted: z.strictObject({ tenantId: z.uuid(), netDays: z.int().min(1) }).nullable(),
});
export type PlanVersion = z.infer<typeof planVersionSchema>;

/** Where a tenant's rights come from; `none`: no trial and no subscription is running. */
export const entitlementSources = ['trial', 'subscription', 'none'] as const;
export type EntitlementSource = (typeof entitlementSources)[number];

/** Why nothing is running, where something did. */
export const lapseReasons = ['ended', 'paused', 'payment_overdue'] as const;
export const lapseReasonSchema = z.enum(lapseReasons);
export type LapseReason = z.infer<typeof lapseReasonSchema>;

export type Entitlements = {
  planId: PlanId;
  planVersion: number;
  source: EntitlementSource;
  limits: Limits;
  features: Feature[];
  /** End of the trial, or null when nothing is set to end. */
  validUntil: Date | null;
  /** Why the source is `none`; null otherwise, and after a trial of one's own. */
  lapse: LapseReason | null;
};

/** A grant as it counts: what is added to which limit or feature. */
export const grantSchema = z.strictObject({
  source: z.enum(['override', 'addon', 'grant']),
  key: z.union([limitNameSchema, featureSchema]),
  value: z.union([z.int().min(0), z.null(), z.literal(true)]),
});
export type Grant = z.infer<typeof grantSchema>;

/**
 * An addition to the plan. `override` replaces the plan's limit (also downwards), `addon` adds to
 * it, `grant` raises it to at least its value; for features all three add the feature.
 */
export const grantInputSchema = grantSchema
  .extend({
    startsAt: z.date().optional(),
    endsAt: z.date().nullable().default(null),
    reason: z.string().min(1).max(500),
  })
  .refine((grant) => (grant.value === true) === featureSchema.safeParse(grant.key).success, {
    path: ['value'],
    message: 'A feature is granted with true, a limit with a number or null for unlimited.',
  })
  .refine((grant) => !grant.endsAt || !grant.startsAt || grant.endsAt > grant.startsAt, {
    path: ['endsAt'],
    message: 'A grant ends after it starts.',
  });
export type GrantInput = z.input<typeof grantInputSchema>;
