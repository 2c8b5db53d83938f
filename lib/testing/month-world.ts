import type pg from 'pg';
import { closeMonths, queueCloses } from '@/lib/domains/billing/overage/close-months';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';

const info = { requestId: 'req_test_month', clock: systemClock, ip: null, userAgent: null };

/** Whoever has a charge of 0 closes faster, so everybody is above Professional's limit. */
const LIMIT = 100_000;

/** The first moment of the last calendar month that is over, UTC. */
function lastMonth(): Date {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
}

const TENANTS = `
  INSERT INTO tenant (id, slug, skeleton, name, type, status, trial_ends_at, created_at, updated_at)
  SELECT gen_random_uuid(), 'month-' || n, 'month-' || n, 'Acme ' || n, 'enterprise', 'active', $1::timestamptz, $1, $1
  FROM generate_series(1, $2::int) n`;

const SUBSCRIPTIONS = `
  INSERT INTO subscription (tenant_id, id, status, plan_id, plan_version, billing_cycle, gateway, provider_id, provider_status,
    current_period_start, current_period_end, wish_plan_id, wish_plan_version, wish_cycle, created_at, updated_at)
  SELECT id, gen_random_uuid(), 'active', 'professional', 1, 'monthly', 'stripe', 'sub_' || slug, 'active', $1::timestamptz,
    now() + interval '60 days', 'professional', 1, 'monthly', $1::timestamptz - interval '40 days', $1
  FROM tenant WHERE slug LIKE 'month-%'`;

const EVENTS = `
  INSERT INTO subscription_event (tenant_id, id, subscription_id, at, happened_at, cause, actor, status, plan_id, plan_version, billing_cycle,
    currency, monthly_before, monthly_after)
  SELECT tenant_id, gen_random_uuid(), id, created_at, created_at, 'begun', '{"kind": "job", "id": "test"}', 'active', plan_id, plan_version,
    billing_cycle, 'usd', 0, 19900
  FROM subscription`;

const SETTINGS = `
  INSERT INTO overage_setting (tenant_id, meter, revision, mode, starts_at, created_at)
  SELECT id, 'api_calls', 1, 'on', $1::timestamptz, $1 FROM tenant WHERE slug LIKE 'month-%'`;

/** An hour and key at a time, as the gateway counts them, together up to a thousand calls above the limit. */
const USAGE = `
  INSERT INTO usage_rollup (tenant_id, meter, hour, dimension, count, sum, max, last, last_at)
  SELECT t.id, 'api_calls', $1::timestamptz + n % 600 * interval '1 hour', 'apiKey:bench GET /' || n / 600, u, u, 1, 1, $1
  FROM tenant t CROSS JOIN generate_series(0, $2::int - 1) n
  CROSS JOIN LATERAL (SELECT ($3::int / $2 + 1 + (n * 7 + length(t.slug)) % 11)::int AS u) each
  WHERE t.slug LIKE 'month-%'`;

const COUNTERS = `
  INSERT INTO usage_period (tenant_id, meter, period_start, used, updated_at)
  SELECT tenant_id, meter, $1::timestamptz, sum(count)::float8, now() FROM usage_rollup GROUP BY 1, 2`;

/** Paying tenants with overage switched on, each with so many rows of usage in the last month that is over. */
export async function fillMonth(
  admin: pg.Client,
  { tenants, rowsEach }: { tenants: number; rowsEach: number },
): Promise<void> {
  const start = lastMonth();
  await admin.query(TENANTS, [start, tenants]);
  await admin.query(SUBSCRIPTIONS, [start]);
  await admin.query(EVENTS);
  await admin.query(SETTINGS, [start]);
  await admin.query(USAGE, [start, rowsEach, LIMIT]);
  await admin.query(COUNTERS, [start]);
  await admin.query('ANALYZE');
}

/**
 * Closes the month of everybody as the jobs do: the hourly look finds whose, and each is closed in a transaction of
 * its own, `callers` at a time. Answers how many rows were written.
 */
export async function closeEverybody(admin: pg.Client, callers: number): Promise<number> {
  await queueCloses(info);
  const jobs = await admin.query<{ tenant_id: string }>(
    `SELECT (payload ->> 'tenantId') AS tenant_id FROM graphile_worker._private_jobs WHERE key LIKE 'close:%'`,
  );
  const queue = jobs.rows.map((row) => row.tenant_id);
  let written = 0;
  const work = async () => {
    for (let tenantId = queue.pop(); tenantId; tenantId = queue.pop()) {
      const ctx: Ctx = { ...info, tenantId, actor: { kind: 'job', name: 'billing.close_months' } };
      const rows = await closeMonths(ctx);
      written += rows;
    }
  };
  await Promise.all(Array.from({ length: callers }, work));
  return written;
}

/** Tenants whose charge isn't what the rows of usage add up to, worked out by the database alone. */
export async function wrongCharges(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ wrong: number }>(
    `SELECT count(*)::int AS wrong FROM (
       SELECT tenant_id, round((sum(count) - $1::int) * 150 / 1000.0) AS amount FROM usage_rollup GROUP BY 1) u
     FULL JOIN overage_charge c ON c.tenant_id = u.tenant_id
     WHERE c.amount IS DISTINCT FROM u.amount OR c.amount <= 0`,
    [LIMIT],
  );
  return rows[0]?.wrong ?? Number.NaN;
}
