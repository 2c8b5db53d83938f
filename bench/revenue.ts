import pg from 'pg';
import { getCohorts, getRevenue, listRevenueInvoices } from '@/lib/domains/operator';
import { revenueInvoicesQuery, revenueQuery } from '@/lib/domains/revenue/schemas';
import { closeDatabase } from '@/lib/infra/db';
import { fixedClock } from '@/lib/kernel/clock';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { type BenchRow, median } from '@/lib/testing/bench-world';
import { onThrowawayDatabase } from '@/lib/testing/throwaway-database';

const TENANTS = 10_000;
const ROUNDS = 15;
const TARGET_MS = 300;
/** A list that somebody opens, read past the tallies. */
const LIST_TARGET_MS = 1_000;
const NOW = new Date('2032-01-20T00:00:00Z');

/** The operators' overview of 24 months and 10,000 tenants, and their cohorts, each as its verb, audit row included. */
export async function run(): Promise<BenchRow[]> {
  return onThrowawayDatabase({ durable: true }, async (url) => {
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    try {
      await tellHistories(admin);
      const ctx = operator();
      const query = revenueQuery.parse({});
      const behind = revenueInvoicesQuery.parse({ month: '2031-06', measure: 'recognised' });
      const { months } = await getRevenue(ctx, query);
      if (months.at(-1)?.customers !== (await paying(admin)))
        throw new Error('customers are missing');
      return [
        row('Revenue: 24 months × 10,000 tenants', await time(() => getRevenue(ctx, query))),
        row('Revenue: their cohorts', await time(() => getCohorts(ctx, query))),
        row(
          'Revenue: the invoices behind a month, of 240,000',
          await time(() => listRevenueInvoices(ctx, behind)),
          LIST_TARGET_MS,
        ),
      ];
    } finally {
      await admin.end();
      await closeDatabase();
    }
  });
}

const row = (name: string, value: number, target = TARGET_MS): BenchRow => ({
  name,
  value,
  unit: 'ms (less is better)',
  target,
  ok: value <= target,
});

async function time(work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return median(times);
}

function operator(): OperatorCtx {
  const actor = {
    kind: 'operator',
    operatorId: newId(),
    role: 'finance',
    sessionId: newId(),
  } as const;
  return { requestId: 'req_bench', clock: fixedClock(NOW), ip: null, userAgent: null, actor };
}

async function paying(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (
       SELECT DISTINCT ON (tenant_id) monthly_after FROM subscription_event ORDER BY tenant_id, at DESC
     ) last WHERE monthly_after > 0`,
  );
  return rows[0]?.n ?? 0;
}

/**
 * Two years of every tenant: a trial, a start somewhere in them, changes, some that end and some that come back; an invoice a
 * month with its line. The rows of triggers are written by the same functions afterwards, for all at a time.
 */
async function tellHistories(admin: pg.Client): Promise<void> {
  await admin.query(`SET session_replication_role = replica`);
  await admin.query(`SELECT setseed(0.42)`);
  await admin.query(
    `INSERT INTO tenant (id, slug, skeleton, name, type, status, trial_ends_at, created_at, updated_at)
     SELECT gen_random_uuid(), 'bench-' || n, 'bench-' || n, 'Bench ' || n, 'small_business', 'active', now(), now(), now()
     FROM generate_series(1, $1::int) n`,
    [TENANTS],
  );
  await admin.query(
    `INSERT INTO subscription (tenant_id, id, status, plan_id, plan_version, billing_cycle, wish_plan_id,
       wish_plan_version, wish_cycle, created_at, updated_at)
     SELECT id, id, 'active', 'professional', 1, 'monthly', 'professional', 1, 'monthly', now(), now() FROM tenant`,
  );
  await admin.query(
    `WITH life AS (
       SELECT id, timestamptz '2030-02-01Z' + random() * interval '700 days' AS begun,
         ARRAY[4900, 9900, 19900, 49900] AS prices
       FROM tenant
     )
     INSERT INTO subscription_event (tenant_id, id, subscription_id, at, happened_at, cause, actor, status_before, status, plan_id,
       plan_version, billing_cycle, currency, monthly_before, monthly_after)
     SELECT id, gen_random_uuid(), id, begun + n * interval '70 days', begun + n * interval '70 days', 'told', '{}',
       CASE WHEN n = 0 THEN 'trialing' ELSE 'active' END, CASE WHEN worth = 0 THEN 'paused' ELSE 'active' END,
       'professional', 1, 'monthly', 'usd', 0, worth
     FROM life, generate_series(0, 9) n,
       LATERAL (SELECT CASE WHEN n > 0 AND random() < 0.15 THEN 0 ELSE prices[1 + floor(random() * 4)] END AS worth) w
     WHERE begun + n * interval '70 days' < $1`,
    [NOW],
  );
  await admin.query(
    `INSERT INTO invoice (tenant_id, id, subscription_id, number, status, currency, subtotal, tax, total, amount_paid,
       amount_due, issued_at, paid_at, created_at, updated_at)
     SELECT id, gen_random_uuid(), id, 'B-' || slug || '-' || n, 'paid', 'usd', 19900, 0, 19900, 19900, 0, at, at, at, at
     FROM tenant, generate_series(0, 23) n,
       LATERAL (SELECT timestamptz '2030-02-01Z' + n * interval '1 month' + abs(hashtext(slug)) % 20 * interval '1 day' AS at) a`,
  );
  await admin.query(
    `INSERT INTO invoice_line (tenant_id, invoice_id, position, kind, description, amount, period_start, period_end)
     SELECT tenant_id, id, 0, 'period', 'Bench', 19900, issued_at, issued_at + interval '1 month' FROM invoice`,
  );
  await admin.query(`SET session_replication_role = DEFAULT`);
  await admin.query(`SELECT door.count_mrr(id) FROM tenant`);
  await admin.query(
    `INSERT INTO revenue_month (tenant_id, currency, month, invoiced, recognised, cash)
     SELECT tenant_id, 'usd', month, sum(invoiced), sum(recognised), sum(invoiced)
     FROM (SELECT i.tenant_id, l.* FROM invoice i, door.revenue_of_invoice(i.tenant_id, i.id, i.issued_at) l) part
     GROUP BY tenant_id, month`,
  );
  await admin.query('VACUUM ANALYZE');
}
