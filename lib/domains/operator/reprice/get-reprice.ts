import type { PlanId } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { withOperator } from '../platform-audit';
import { readPlan, requirePlanId } from '../plans/read-plans';
import { repricedRow, repriceEdges, type RepriceReport } from './schemas';

type Row = RepriceReport['rows'][number];

async function readTenants(tx: Tx, ids: readonly string[]) {
  const rows = await tx.tenant.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, slug: true, name: true },
  });
  return new Map(rows.map((row) => [row.id, { ...row, id: publicId('tenant', row.id) }]));
}

/** What a tenant pays over all its cycles, and what it would; null where a cycle has no price. */
function byTenant(rows: readonly Row[]): { was: number; would: number | null }[] {
  const sums = new Map<string, { was: number; would: number | null }>();
  for (const { tenant, was, would } of rows) {
    const sum = sums.get(tenant.id) ?? { was: 0, would: 0 };
    sums.set(tenant.id, {
      was: sum.was + was,
      would: sum.would === null || would === null ? null : sum.would + would,
    });
  }
  return [...sums.values()];
}

function percentOf({ was, would }: { was: number; would: number }): number {
  if (was === would) return 0;
  return was === 0 ? Number.POSITIVE_INFINITY : ((would - was) / was) * 100;
}

/** Counts of tenants by the change in percent: less, the same, more. */
function distributionOf(changes: readonly number[]): RepriceReport['distribution'] {
  const edges = [null, ...repriceEdges, null];
  return edges.slice(0, -1).map((above, place) => {
    const upTo = edges[place + 1] ?? null;
    const inside = (percent: number) =>
      (above === null || percent >= above) && (upTo === null || percent < upTo);
    return { above, up_to: upTo, tenants: changes.filter(inside).length };
  });
}

function summarise(rows: readonly Row[]) {
  const tenants = byTenant(rows);
  const priced = tenants.flatMap(({ was, would }) => (would === null ? [] : [{ was, would }]));
  return {
    was: priced.reduce((sum, { was }) => sum + was, 0),
    would: priced.reduce((sum, { would }) => sum + would, 0),
    winners: priced.filter(({ was, would }) => would < was).length,
    losers: priced.filter(({ was, would }) => would > was).length,
    unchanged: priced.filter(({ was, would }) => would === was).length,
    unpriced: tenants.length - priced.length,
    distribution: distributionOf(priced.map(percentOf)),
  };
}

/** Who would pay most more first; whom the draft has no price for at the end. */
const byDifference = (a: Row, b: Row) =>
  (b.difference ?? Number.NEGATIVE_INFINITY) - (a.difference ?? Number.NEGATIVE_INFINITY);

async function readReport(tx: Tx, planId: PlanId): Promise<RepriceReport | null> {
  const report = await tx.planReprice.findUnique({ where: { planId } });
  if (!report) return null;
  const plan = await readPlan(tx, planId);
  const kept = repricedRow.array().parse(report.rows);
  const tenants = await readTenants(
    tx,
    kept.map(({ tenantId }) => tenantId),
  );
  const rows = kept
    .flatMap(({ tenantId, cycle, was, would }): Row[] => {
      const tenant = tenants.get(tenantId);
      if (!tenant) return [];
      const [before, after] = [was.price + was.overage, would && would.price + would.overage];
      return [
        {
          tenant,
          billing_cycle: cycle,
          was: before,
          would: after,
          difference: after === null ? null : after - before,
          overage_was: was.overage,
          overage_would: would?.overage ?? null,
        },
      ];
    })
    .sort(byDifference);
  return {
    plan_id: planId,
    currency: plan.currency,
    revision: report.revision,
    outdated: plan.draft?.revision !== report.revision,
    months: report.months,
    total: report.total,
    done: report.done,
    finished: report.finishedAt !== null,
    asked_at: report.askedAt.toISOString(),
    ...summarise(rows),
    rows,
  };
}

/**
 * The last report that was asked for, as far as it has got; null where none was. What everybody pays is revenue, so
 * it takes the right to see that. Throws `forbidden`, `not_found`.
 */
export async function getReprice(ctx: OperatorCtx, id: string): Promise<RepriceReport | null> {
  authoriseOperator(ctx, 'revenue:read');
  const planId = requirePlanId(id);
  return withOperator(ctx, async (tx) => ({
    result: await readReport(tx, planId),
    entry: { action: 'plan_reprice.viewed', object: { type: 'plan', id: planId } },
  }));
}

/** The same, to be taken away. Throws `forbidden`, `not_found`. */
export async function exportReprice(ctx: OperatorCtx, id: string): Promise<RepriceReport | null> {
  authoriseOperator(ctx, 'revenue:read');
  const planId = requirePlanId(id);
  return withOperator(ctx, async (tx) => ({
    result: await readReport(tx, planId),
    entry: { action: 'plan_reprice.exported', object: { type: 'plan', id: planId } },
  }));
}
