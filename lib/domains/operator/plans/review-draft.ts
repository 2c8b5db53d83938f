import { isDeepStrictEqual } from 'node:util';
import { limitOf, type OverageMeter } from '@/lib/domains/billing/overage/schemas';
import { type BillingCycle, limitNames, type PlanVersion } from '@/lib/domains/entitlements';
import {
  inCatalogueOrder,
  type PlanChange,
  type PlanContent,
  type PlanFinding,
  type PlanReview,
} from './schemas';

/** A version as the editor and the API call its parts. */
export function contentOf(plan: PlanVersion): PlanContent {
  const { name, prices, trialDays, limits, features, overage } = plan;
  return {
    name,
    prices,
    trial_days: trialDays,
    limits,
    features: inCatalogueOrder(features),
    overage,
  };
}

/** The version that a draft becomes under its number: what it doesn’t say stays as in the latest. */
export function nextVersionOf(
  latest: PlanVersion,
  content: PlanContent,
  version: number,
): PlanVersion {
  const { trial_days: trialDays, ...rest } = content;
  return { ...latest, ...rest, trialDays, version };
}

/** How many months of the monthly price a longer cycle may cost before it is dearer than going by the month. */
const MONTHS: Record<Exclude<BillingCycle, 'monthly'>, number> = { quarterly: 3, annual: 12 };

type Findings = { faults: PlanFinding[]; warnings: PlanFinding[] };

function judgePrices({ prices }: PlanContent, { faults, warnings }: Findings): void {
  const given = Object.values(prices).filter((price) => price !== null);
  if (given.length > 0 && given.length < 3) {
    warnings.push({
      path: 'prices',
      message: 'A cycle without a price can’t be bought; other cycles can.',
    });
  }
  for (const [cycle, price] of Object.entries(prices)) {
    if (price === null || price > 0) continue;
    faults.push({
      path: `prices.${cycle}`,
      message: 'A price of nothing can’t be collected. Leave it empty to sell by quote.',
    });
  }
  for (const [cycle, months] of Object.entries(MONTHS)) {
    const price = prices[cycle as BillingCycle];
    if (price === null || prices.monthly === null || price <= prices.monthly * months) continue;
    warnings.push({
      path: `prices.${cycle}`,
      message: `Dearer than ${months} times the monthly price.`,
    });
  }
}

function judgeOverage({ overage, limits, features }: PlanContent, findings: Findings): void {
  const { faults, warnings } = findings;
  for (const [meter, cents] of Object.entries(overage)) {
    const path = `overage.${meter}`;
    const name = limitOf[meter as OverageMeter];
    if (cents === null) continue;
    if (cents < 0) faults.push({ path, message: 'A price can’t be negative.' });
    if (name === undefined) {
      faults.push({ path, message: 'No meter with a limit has this name, so nothing is counted.' });
    } else if (limits[name] === null) {
      faults.push({
        path,
        message: 'The limit is unlimited, so nothing is ever beyond it. Set a limit, or no price.',
      });
    }
  }
  const priced = Object.values(overage).some((cents) => cents !== null);
  if (priced && !features.includes('usage_overage')) {
    warnings.push({
      path: 'features',
      message: 'Overage has a price, but the feature that lets tenants switch it on is left out.',
    });
  }
}

function judgeLimits({ limits, features }: PlanContent, { faults, warnings }: Findings): void {
  const { requests_per_second: rate, burst } = limits;
  if (burst !== null && (rate === null || burst < rate)) {
    faults.push({ path: 'limits.burst', message: 'A burst is at least the requests of a second.' });
  }
  if (limits.members === 0) {
    faults.push({ path: 'limits.members', message: 'Nobody could work with it: at least 1.' });
  }
  if (features.includes('api_write') && limits.api_keys === 0) {
    warnings.push({ path: 'limits.api_keys', message: 'Full API access without a key to use it.' });
  }
}

const more = (a: number | null, b: number | null) => b !== null && (a === null || a > b);

/** What a bigger plan gives less of than a smaller one, or less of than it does today. */
function compareLimits(
  content: PlanContent,
  other: PlanVersion,
  message: string,
  { warnings }: Findings,
): void {
  for (const name of limitNames) {
    if (more(other.limits[name], content.limits[name])) {
      warnings.push({ path: `limits.${name}`, message });
    }
  }
}

function leavesOf(content: PlanContent): Map<string, PlanChange['before']> {
  const groups = ['prices', 'limits', 'overage'] as const;
  return new Map<string, PlanChange['before']>([
    ['name', content.name],
    ['trial_days', content.trial_days],
    ...groups.flatMap((group) =>
      Object.entries(content[group]).map(([name, value]): [string, number | null] => [
        `${group}.${name}`,
        value,
      ]),
    ),
    ['features', [...content.features]],
  ]);
}

/** Leaf by leaf; everything against nothing where no version was published. */
function changesOf(live: PlanContent | null, content: PlanContent): PlanChange[] {
  const before = live ? leavesOf(live) : new Map<string, PlanChange['before']>();
  return [...leavesOf(content)]
    .map(([path, after]) => ({ path, before: before.get(path) ?? null, after }))
    .filter(({ path, before: was, after }) => !before.has(path) || !isDeepStrictEqual(was, after));
}

/**
 * What is to be known of a draft before it is published.
 * @param live the newest published version of the plan, or null
 * @param smaller the plan on sale that is next below, or null
 */
export function reviewDraft(
  content: PlanContent,
  live: PlanVersion | null,
  smaller: PlanVersion | null,
): PlanReview {
  const findings: Findings = { faults: [], warnings: [] };
  judgePrices(content, findings);
  judgeLimits(content, findings);
  judgeOverage(content, findings);
  if (live) {
    const less = 'Less than today. Subscribers keep what they have until they change.';
    compareLimits(content, live, less, findings);
  }
  if (smaller) compareLimits(content, smaller, `Less than ${smaller.name} gives.`, findings);
  return { ...findings, changes: changesOf(live ? contentOf(live) : null, content) };
}
