import { simulateOffer, termsOfOffer } from '@/lib/domains/billing';
import {
  type BillingCycle,
  listEveryPlanVersion,
  type PlanVersion,
  planIdSchema,
} from '@/lib/domains/entitlements';
import { type Tx, withSystem } from '@/lib/infra/db';
import { dateOf, secondsOf } from '@/lib/kernel/unix-time';
import { nextVersionOf } from '../plans/review-draft';
import { planContent } from '../plans/schemas';
import { nextHolders } from './holders';
import { holdingsOf, type Span, type Step } from './holdings';

/** Prices by the share of the time and overage as if it had been on; minor units, before discounts and tax. */
type Cost = { price: number; overage: number };
/** A tenant's time on the plan by one cycle; `would` is null where the draft has no price for it. */
type Repriced = { tenantId: string; cycle: BillingCycle; was: Cost; would: Cost | null };

/** Tenants that are dealt with in one transaction. */
const AT_A_TIME = 50;

type Report = NonNullable<Awaited<ReturnType<Tx['planReprice']['findFirst']>>>;

/** The whole months (UTC) before the report was asked for. */
export function windowOf({ askedAt, months }: Pick<Report, 'askedAt' | 'months'>): Span {
  const month = (back: number) =>
    Date.UTC(askedAt.getUTCFullYear(), askedAt.getUTCMonth() - back, 1) / 1000;
  return { start: month(months), end: month(0) };
}

const nextTenants = (tx: Tx, report: Report) =>
  nextHolders(tx, report.planId, dateOf(windowOf(report).end), {
    after: report.lastTenant,
    limit: AT_A_TIME,
  });

async function readSteps(tx: Tx, tenants: string[], until: Date): Promise<Map<string, Step[]>> {
  const events = await tx.subscriptionEvent.findMany({
    where: { tenantId: { in: tenants }, happenedAt: { lt: until } },
    orderBy: [{ happenedAt: 'asc' }, { id: 'asc' }],
  });
  const steps = new Map<string, Step[]>(tenants.map((tenantId) => [tenantId, []]));
  for (const event of events) {
    steps.get(event.tenantId)?.push({
      subscriptionId: event.subscriptionId,
      at: secondsOf(event.happenedAt),
      status: event.status,
      planId: event.planId,
      version: event.planVersion,
      cycle: event.billingCycle,
    });
  }
  return steps;
}

/** Units by tenant, meter and first second of the month. */
async function readUse(tx: Tx, tenants: string[], window: Span): Promise<Map<string, number>> {
  const first = dateOf(window.start);
  const rows = await tx.usagePeriod.findMany({
    where: {
      tenantId: { in: tenants },
      periodStart: { gte: first, lt: dateOf(window.end) },
    },
    select: { tenantId: true, meter: true, periodStart: true, used: true },
  });
  return new Map(
    rows.map((row) => [`${row.tenantId} ${row.meter} ${secondsOf(row.periodStart)}`, row.used]),
  );
}

type Terms = { versions: ReadonlyMap<number, PlanVersion>; draft: PlanVersion };

async function readTerms(tx: Tx, report: Report): Promise<Terms> {
  const planId = planIdSchema.parse(report.planId);
  const own = (await listEveryPlanVersion(tx)).filter((plan) => plan.planId === planId);
  const latest = own.at(-1);
  if (!latest) throw new RangeError(`no version of ${planId}`);
  return {
    versions: new Map(own.map((plan) => [plan.version, plan])),
    draft: nextVersionOf(latest, planContent.parse(report.content), latest.version + 1),
  };
}

function reprice(
  tenantId: string,
  steps: readonly Step[],
  { versions, draft }: Terms,
  window: Span,
  use: ReadonlyMap<string, number>,
): Repriced[] {
  const usedIn = (meter: string, month: number) => use.get(`${tenantId} ${meter} ${month}`) ?? 0;
  const byCycle = new Map<string, Repriced>();
  for (const { version, cycle, spans } of holdingsOf(steps, draft.planId, window)) {
    const held = versions.get(version);
    const terms = held && termsOfOffer(held, cycle);
    if (!terms) continue;
    const after = termsOfOffer(draft, cycle);
    const was = simulateOffer(terms, spans, usedIn);
    const would = after && simulateOffer(after, spans, usedIn);
    const sum = byCycle.get(cycle);
    byCycle.set(cycle, {
      tenantId,
      cycle,
      was: add(sum?.was, was),
      would: would && add(sum?.would ?? undefined, would),
    });
  }
  return [...byCycle.values()];
}

const add = (a: Cost = { price: 0, overage: 0 }, b: Cost): Cost => ({
  price: a.price + b.price,
  overage: a.overage + b.overage,
});

const toColumns = (reportId: string, { tenantId, cycle, was, would }: Repriced) => ({
  tenantId,
  reportId,
  billingCycle: cycle,
  wasPrice: was.price,
  wasOverage: was.overage,
  wouldPrice: would && would.price,
  wouldOverage: would && would.overage,
});

/** One transaction's worth of tenants. False when there are no more, or another report took this one's place. */
async function turn(tx: Tx, id: string, now: Date): Promise<boolean> {
  await tx.$queryRaw`SELECT id FROM plan_reprice WHERE id = ${id}::uuid FOR UPDATE`;
  const report = await tx.planReprice.findFirst({ where: { id, finishedAt: null } });
  if (!report) return false;
  const tenants = await nextTenants(tx, report);
  const last = tenants.at(-1);
  if (!last) {
    await tx.planReprice.update({ where: { id }, data: { finishedAt: now } });
    return false;
  }
  const window = windowOf(report);
  const terms = await readTerms(tx, report);
  const steps = await readSteps(tx, tenants, dateOf(window.end));
  const use = await readUse(tx, tenants, window);
  const rows = tenants.flatMap((tenantId) =>
    reprice(tenantId, steps.get(tenantId) ?? [], terms, window, use),
  );
  await tx.repricedTenant.createMany({ data: rows.map((row) => toColumns(id, row)) });
  await tx.planReprice.update({
    where: { id },
    data: { done: { increment: tenants.length }, lastTenant: last },
  });
  return true;
}

/**
 * Fills a report, some tenants at a time: each transaction writes where it got to, so that a job that died goes on
 * there. No provider is asked.
 */
export async function runReprice(id: string, now: () => Date, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (!(await withSystem('operator.reprice', (tx) => turn(tx, id, now())))) return;
  }
  throw new Error('The worker is being stopped; the report goes on with the next try.');
}
