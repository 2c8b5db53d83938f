import type { Tx } from '@/lib/infra/db';
import { notFound } from '@/lib/kernel/errors';
import { type PlanId, type PlanVersion, planVersionSchema } from './schemas';

type Row = Awaited<ReturnType<Tx['planVersion']['findFirst']>>;

function toPlanVersion(row: NonNullable<Row>): PlanVersion {
  const { planId, version, name, rank, prices, currency, trialDays, limits, features, overage } =
    row;
  const quoted = row.quotedTo === null ? null : { tenantId: row.quotedTo, netDays: row.netDays };
  return planVersionSchema.parse({
    planId,
    version,
    name,
    rank,
    prices,
    currency,
    trialDays,
    limits,
    features,
    overage,
    quoted,
  });
}

/** The newest version on sale of each plan at `now`, smallest plan first. */
export async function listPlanVersions(tx: Tx, now: Date): Promise<PlanVersion[]> {
  const rows = await tx.planVersion.findMany({
    where: {
      quotedTo: null,
      publishedAt: { lte: now },
      OR: [{ retiredAt: null }, { retiredAt: { gt: now } }],
    },
    orderBy: [{ version: 'desc' }],
    distinct: ['planId'],
  });
  return rows.map(toPlanVersion).sort((a, b) => a.rank - b.rank);
}

/** The version of a plan that is on sale at `now`, or null. */
export async function findCurrentPlan(
  tx: Tx,
  planId: PlanId,
  now: Date,
): Promise<PlanVersion | null> {
  const plans = await listPlanVersions(tx, now);
  return plans.find((plan) => plan.planId === planId) ?? null;
}

/** A version once sold, on sale or not, by quote or not. Throws not_found. */
export async function getPlanVersion(
  tx: Tx,
  planId: string,
  version: number,
): Promise<PlanVersion> {
  const row = await tx.planVersion.findUnique({ where: { planId_version: { planId, version } } });
  if (!row) throw notFound('plan');
  return toPlanVersion(row);
}

/** A version of the catalogue, and from when until when it is sold: without an end while it is on sale. */
export type PlanSale = { plan: PlanVersion; publishedAt: Date; retiredAt: Date | null };

/** Every version of the catalogue that was ever published, smallest plan first, the oldest of each first. */
export async function listPlanSales(tx: Tx): Promise<PlanSale[]> {
  const rows = await tx.planVersion.findMany({
    where: { quotedTo: null },
    orderBy: [{ rank: 'asc' }, { version: 'asc' }],
  });
  return rows.map((row) => ({
    plan: toPlanVersion(row),
    publishedAt: row.publishedAt,
    retiredAt: row.retiredAt,
  }));
}

/** The same versions alone. */
export async function listEveryPlanVersion(tx: Tx): Promise<PlanVersion[]> {
  return (await listPlanSales(tx)).map(({ plan }) => plan);
}
