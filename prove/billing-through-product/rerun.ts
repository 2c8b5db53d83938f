import { setTimeout as sleep } from 'node:timers/promises';
import { differenceOf } from '@/lib/testing/difference';
import type { Product } from './product';

/** All that a second effect would show in, of every organisation; rows of calls and sessions are of other rooms. */
const BOOKS = [
  'subscription',
  'subscription_event',
  'invoice',
  'invoice_line',
  'overage_charge',
  'overage_setting',
  'usage_report',
  'billing_drift',
  'entitlement',
  'tenant',
  'audit_event',
  'mrr_change',
  'revenue_month',
  'dunning_notice',
  'code_redemption',
  'tenant_clock',
];

/** What was looked at anew, and not what was found. */
const LOOKED_AT = ['provider_synced_at', 'hosted_url'];

async function readBooks({ admin }: Product): Promise<Record<string, unknown>> {
  const books: Record<string, unknown> = {};
  for (const table of BOOKS) {
    const { rows } = await admin.query<{ rows: string; digest: string }>(
      `SELECT count(*) AS rows, md5(string_agg(row, E'\\n' ORDER BY row)) AS digest
       FROM (SELECT (to_jsonb(t) - $1::text[])::text AS row FROM ${table} t) each`,
      [LOOKED_AT],
    );
    books[table] = rows[0];
  }
  return books;
}

/** Lets no job of billing wait for its time, and waits until none is left. */
async function settle({ admin }: Product): Promise<void> {
  await admin.query(
    `UPDATE graphile_worker._private_jobs j SET run_at = now() FROM graphile_worker._private_tasks t
     WHERE t.id = j.task_id AND t.identifier LIKE 'billing.%' AND run_at > now() AND locked_at IS NULL`,
  );
  for (let quiet = 0; quiet < 3; ) {
    const { rows } = await admin.query<{ busy: number }>(
      `SELECT count(*)::int AS busy FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
       WHERE t.identifier LIKE 'billing.%' AND attempts < max_attempts`,
    );
    quiet = rows[0]?.busy === 0 ? quiet + 1 : 0;
    await sleep(200);
  }
}

/**
 * Tells every webhook again, as if none had come before, has everything compared with the provider, and all months
 * closed again. Answers what changed by it, which should be nothing.
 */
export async function rerun(
  product: Product,
): Promise<{ told: number; difference: string | null }> {
  await settle(product);
  const before = await readBooks(product);
  const told = [...product.told];
  for (const body of told) {
    const status = await product.tellAnew(body);
    if (status !== 200) throw new Error(`a webhook was answered ${status}`);
  }
  for (const job of ['billing.reconcile', 'billing.close_all'])
    await product.admin.query(`SELECT graphile_worker.add_job($1, '{}')`, [job]);
  await settle(product);
  return { told: told.length, difference: differenceOf(before, await readBooks(product)) };
}
