import type { PlanId } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { withOperator } from '../platform-audit';
import { readPlan, requirePlanId } from '../plans/read-plans';
import { readRows, summarise } from './read-rows';
import type { RepriceReport } from './schemas';

/** Rows that are looked at; whoever wants all of them takes the CSV. */
const SHOWN = 500;

async function readReport(tx: Tx, planId: PlanId): Promise<RepriceReport | null> {
  const report = await tx.planReprice.findUnique({ where: { planId } });
  if (!report) return null;
  const plan = await readPlan(tx, planId);
  const { data: rows } = await readRows(tx, report.id, { limit: SHOWN, cursor: null });
  return {
    plan_id: planId,
    currency: plan.currency,
    version: report.version,
    revision: report.revision,
    outdated: report.version === null && plan.draft?.revision !== report.revision,
    months: report.months,
    total: report.total,
    done: report.done,
    finished: report.finishedAt !== null,
    asked_at: report.askedAt.toISOString(),
    ...(await summarise(tx, report.id)),
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
