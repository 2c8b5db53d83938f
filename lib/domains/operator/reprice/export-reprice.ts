import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import type { Page } from '@/lib/kernel/page';
import type { Series, SeriesColumn } from '@/lib/kernel/series';
import { requirePlanId } from '../plans/read-plans';
import { wholeList } from '../whole-list';
import { readRows } from './read-rows';
import type { RepriceRow } from './schemas';

const texts = ['tenant', 'slug', 'name', 'billing_cycle'];
/** In minor units. */
const amounts = ['was', 'would', 'difference', 'overage_was', 'overage_would'];
const columns: SeriesColumn[] = [
  ...texts.map((name) => ({ name, kind: 'text' }) as const),
  ...amounts.map((name) => ({ name, kind: 'number' }) as const),
];

type ReportPage = Page<RepriceRow> & { reportId: string | null };

/**
 * Every row of the last report that was asked for, read as they are taken; none where there is no report. Throws
 * `forbidden`, `not_found`, and 409 `report_replaced` when another report takes its place meanwhile.
 */
export async function exportReprice(ctx: OperatorCtx, id: string): Promise<Series> {
  authoriseOperator(ctx, 'revenue:read');
  const planId = requirePlanId(id);
  const entry = { action: 'plan_reprice.exported', object: { type: 'plan', id: planId } };
  const pages = await wholeList<ReportPage>(ctx, entry, async (tx, { limit, after }) => {
    const report = await tx.planReprice.findUnique({ where: { planId }, select: { id: true } });
    const reportId = report?.id ?? null;
    if (after && after.reportId !== reportId) {
      throw conflict('report_replaced', 'Another report took its place. Export that one.');
    }
    if (reportId === null) return { data: [], next_cursor: null, reportId };
    const cursor = after?.next_cursor ?? null;
    return { ...(await readRows(tx, reportId, { limit, cursor })), reportId };
  });
  async function* parts() {
    for await (const rows of pages) {
      yield [
        rows.map(({ tenant }) => tenant.id),
        rows.map(({ tenant }) => tenant.slug),
        rows.map(({ tenant }) => tenant.name),
        rows.map((row) => row.billing_cycle),
        rows.map((row) => row.was),
        rows.map((row) => row.would),
        rows.map((row) => row.difference),
        rows.map((row) => row.overage_was),
        rows.map((row) => row.overage_would),
      ];
    }
  }
  return { columns, parts: parts() };
}
