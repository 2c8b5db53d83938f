import { Prisma, type Tx } from '@/lib/infra/db';
import type { CohortChange } from './cohorts';
import type { MovementSum } from './metrics';
import { addMonths, type Month, startOf } from './months';
import type { Books, MovementKind } from './schemas';

const SANDBOXES = Prisma.sql`(SELECT c.tenant_id FROM tenant_clock c)`;

/** The condition that rows with a `tenant_id` of `table` are of tenants of these books. */
function ofTenants(tenants: Books['tenants'], table: string): Prisma.Sql {
  const column = Prisma.raw(`${table}.tenant_id`);
  return tenants === 'sandbox'
    ? Prisma.sql`${column} IN ${SANDBOXES}`
    : Prisma.sql`${column} NOT IN ${SANDBOXES}`;
}

/** The same, of one currency. */
export const inBooks = ({ tenants, currency }: Books, table: string) =>
  Prisma.sql`${ofTenants(tenants, table)} AND ${Prisma.raw(table)}.currency = ${currency}`;

/** Every currency in which there is MRR or an invoice, the one of most customers first. */
export async function readCurrencies(tx: Tx, tenants: Books['tenants']): Promise<string[]> {
  const rows = await tx.$queryRaw<{ currency: string }[]>`
    WITH RECURSIVE known AS (
      (SELECT currency FROM revenue_month ORDER BY currency LIMIT 1)
      UNION ALL
      SELECT (SELECT r.currency FROM revenue_month r WHERE r.currency > k.currency ORDER BY r.currency LIMIT 1)
      FROM known k WHERE k.currency IS NOT NULL
    ), invoiced AS (
      SELECT currency FROM known WHERE EXISTS (
        SELECT FROM revenue_month r WHERE r.currency = known.currency AND ${ofTenants(tenants, 'r')})
    ), begun AS (
      SELECT currency, count(*) AS customers FROM mrr_change
      WHERE kind = 'new' AND ${ofTenants(tenants, 'mrr_change')} GROUP BY currency
    )
    SELECT currency FROM invoiced FULL JOIN begun USING (currency)
    ORDER BY customers DESC NULLS LAST, currency`;
  return rows.map(({ currency }) => currency);
}

/** What customers moved by, month by month and kind by kind, from the beginning until the end of `until`. */
export async function readMovementSums(tx: Tx, books: Books, until: Month): Promise<MovementSum[]> {
  const rows = await tx.$queryRaw<
    { month: Month; kind: MovementKind; customers: number; amount: bigint }[]
  >`
    SELECT to_char(month, 'YYYY-MM') AS month, kind, count(*)::int AS customers,
      sum(mrr_after - mrr_before)::bigint AS amount
    FROM mrr_change WHERE ${inBooks(books, 'mrr_change')} AND month <= ${startOf(until)}::date
    GROUP BY mrr_change.month, kind ORDER BY mrr_change.month`;
  return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
}

/** What each month changed in each cohort, for cohorts that began in `from` or later. */
export async function readCohortChanges(
  tx: Tx,
  books: Books,
  from: Month,
  until: Month,
): Promise<CohortChange[]> {
  const rows = await tx.$queryRaw<
    { began: Month; month: Month; amount: bigint; customers: number }[]
  >`
    SELECT to_char(began, 'YYYY-MM') AS began, to_char(month, 'YYYY-MM') AS month,
      sum(mrr_after - mrr_before)::bigint AS amount,
      sum(CASE WHEN mrr_before = 0 THEN 1 WHEN mrr_after = 0 THEN -1 ELSE 0 END)::int AS customers
    FROM mrr_change
    WHERE ${inBooks(books, 'mrr_change')} AND began >= ${startOf(from)}::date AND month <= ${startOf(until)}::date
    GROUP BY mrr_change.began, mrr_change.month`;
  return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
}

export type MoneyMonth = { month: Month; invoiced: number; recognised: number; cash: number };

/** What was invoiced, earned and paid, month by month from the beginning until the end of `until`. */
export async function readMoney(tx: Tx, books: Books, until: Month): Promise<MoneyMonth[]> {
  const rows = await tx.$queryRaw<
    { month: Month; invoiced: bigint; recognised: bigint; cash: bigint }[]
  >`
    SELECT to_char(month, 'YYYY-MM') AS month, sum(invoiced)::bigint AS invoiced,
      sum(recognised)::bigint AS recognised, sum(cash)::bigint AS cash
    FROM revenue_month WHERE ${inBooks(books, 'revenue_month')} AND month <= ${startOf(until)}::date
    GROUP BY revenue_month.month`;
  return rows.map(({ month, invoiced, recognised, cash }) => ({
    month,
    invoiced: Number(invoiced),
    recognised: Number(recognised),
    cash: Number(cash),
  }));
}

export type TrialMonth = { month: Month; ended: number; converted: number };

/** Trials by the month in which they ended; converted are those whose subscription was active then or later. */
export async function readTrials(
  tx: Tx,
  books: Books,
  from: Month,
  until: Month,
): Promise<TrialMonth[]> {
  return tx.$queryRaw<TrialMonth[]>`
    SELECT to_char(door.month_of(e.happened_at), 'YYYY-MM') AS month, count(*)::int AS ended,
      count(*) FILTER (WHERE e.status = 'active' OR EXISTS (
        SELECT FROM subscription_event later WHERE later.tenant_id = e.tenant_id
          AND later.subscription_id = e.subscription_id AND later.happened_at >= e.happened_at AND later.status = 'active'
      ))::int AS converted
    FROM subscription_event e
    WHERE e.status_before = 'trialing' AND e.status <> 'trialing' AND ${inBooks(books, 'e')}
      AND e.happened_at >= ${startOf(from)} AND e.happened_at < ${startOf(addMonths(until, 1))}
    GROUP BY 1`;
}

/** Minor units: what the customers of the end of `base` were worth then, are at the end of `until`, and the less of both each. */
export type YearSums = { customers: number; then: number; now: number; kept: number };

export async function readYear(tx: Tx, books: Books, base: Month, until: Month): Promise<YearSums> {
  const [row] = await tx.$queryRaw<
    { customers: number; then: bigint; now: bigint; kept: bigint }[]
  >`
    SELECT count(*)::int AS customers, coalesce(sum(worth_then), 0)::bigint AS "then",
      coalesce(sum(worth_now), 0)::bigint AS now, coalesce(sum(least(worth_then, worth_now)), 0)::bigint AS kept
    FROM (
      SELECT sum(mrr_after - mrr_before) FILTER (WHERE month <= ${startOf(base)}::date) AS worth_then,
        sum(mrr_after - mrr_before) AS worth_now
      FROM mrr_change WHERE ${inBooks(books, 'mrr_change')} AND month <= ${startOf(until)}::date
      GROUP BY tenant_id
    ) customer
    WHERE worth_then > 0`;
  return {
    customers: row?.customers ?? 0,
    then: Number(row?.then ?? 0n),
    now: Number(row?.now ?? 0n),
    kept: Number(row?.kept ?? 0n),
  };
}
