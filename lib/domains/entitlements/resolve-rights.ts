import {
  type Feature,
  features as allFeatures,
  featureSchema,
  type Grant,
  isAvailable,
  limitNameSchema,
  type LimitName,
  type Limits,
  type PlanVersion,
} from './schemas';

type Rights = { limits: Limits; features: Feature[] };

/** What stays readable when no trial and no subscription is running. */
const LAPSED_FEATURES: readonly Feature[] = ['api_read'];

function more(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}

function limitAfter(limit: number | null, name: LimitName, grants: readonly Grant[]) {
  const values = (source: Grant['source']) =>
    grants
      .filter((grant) => grant.key === name && grant.source === source && grant.value !== true)
      .map((grant) => grant.value as number | null);
  const overridden = values('override').at(-1);
  let result = overridden === undefined ? limit : overridden;
  for (const extra of values('addon')) {
    result = result === null || extra === null ? null : result + extra;
  }
  return values('grant').reduce(more, result);
}

/** Limits and available features of a plan with the grants running now, oldest first. */
export function resolveRights(
  base: { limits: Limits; features: readonly Feature[] },
  grants: readonly Grant[],
): Rights {
  const limits = { ...base.limits };
  for (const name of limitNameSchema.options) limits[name] = limitAfter(limits[name], name, grants);
  const granted = new Set<string>(base.features);
  for (const grant of grants) {
    if (grant.value === true && featureSchema.safeParse(grant.key).success) granted.add(grant.key);
  }
  return {
    limits,
    features: allFeatures.filter((feature) => granted.has(feature) && isAvailable(feature)),
  };
}

/** The same tenant with nothing running: its data can be read, nothing new begun. */
export function lapse(rights: Rights): Rights {
  return {
    limits: rights.limits,
    features: rights.features.filter((feature) => LAPSED_FEATURES.includes(feature)),
  };
}

/** The first of these plans that has the feature, or null when none has it yet. */
export function planWithFeature(
  plans: readonly PlanVersion[],
  feature: Feature,
): PlanVersion | null {
  if (!isAvailable(feature)) return null;
  return plans.find((plan) => plan.features.includes(feature)) ?? null;
}

/** The first of these plans under which `needed` is allowed, or null. */
export function planWithRoom(
  plans: readonly PlanVersion[],
  name: LimitName,
  needed: number,
): PlanVersion | null {
  const fits = (limit: number | null) => limit === null || limit >= needed;
  return plans.find((plan) => fits(plan.limits[name])) ?? null;
}
