export { getAddOnVersion, listAddOnVersions } from './add-ons/read-add-ons';
export { type AddOnVersion, addOnVersionSchema } from './add-ons/schemas';
export { type AddedLimits, limitsOfAddOns, setAddOnGrants } from './add-ons/set-add-on-grants';
export { addGrant } from './add-grant';
export { can, getEntitlements } from './get-entitlements';
export {
  findCurrentPlan,
  getPlanVersion,
  listEveryPlanVersion,
  listPlanSales,
  listPlanVersions,
  type PlanSale,
} from './read-catalogue';
export { limitsAt } from './limits-at';
export { readPrices } from './read-prices';
export { type PlanLadder, readPlanLadder, seenFrom } from './plan-ladder';
export {
  limitResetsAt,
  requireFeature,
  requireSubscription,
  takeLimit,
} from './require-right';
export {
  lockPlan,
  nextVersionNumber,
  publishPlanVersion,
  publishQuotedVersion,
  retirePlanVersion,
} from './publish-plan';
export { planWithFeature, planWithRoom } from './resolve-rights';
export {
  type BillingCycle,
  billingCycleSchema,
  type Entitlements,
  type EntitlementSource,
  type Feature,
  type GrantInput,
  featureCatalogue,
  isAvailable,
  type LapseReason,
  type LimitName,
  type Limits,
  limitNames,
  limitsSchema,
  type PlanId,
  type PlanVersion,
  planIdSchema,
  planIds,
  TRIAL_PLAN,
} from './schemas';
export { type EntitlementChange, grantTrial, setEntitlements } from './set-entitlements';
