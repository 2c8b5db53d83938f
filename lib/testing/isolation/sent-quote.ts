import type pg from 'pg';
import { newId, publicId } from '@/lib/kernel/ids';

/** Writes a quote that waits for an answer, with the version of the plan that it sells; `text` stands in both. Its public id. */
export async function sentQuote(admin: pg.Client, uuid: string, text: string): Promise<string> {
  const quote = newId();
  await admin.query(
    `INSERT INTO plan_version (id, plan_id, version, name, rank, prices, currency, trial_days, limits, features,
       overage, quoted_to, net_days, published_at, retired_at)
     SELECT $1, plan_id, 100, $3, rank, '{"monthly": null, "quarterly": null, "annual": 100}', currency, 0, limits,
       features, overage, $2, 30, now(), now()
     FROM plan_version WHERE plan_id = 'institutional' AND version = 1`,
    [newId(), uuid, text],
  );
  await admin.query(
    `INSERT INTO quote (tenant_id, id, number, status, revision, valid_until, created_at, updated_at)
     VALUES ($1, $2, '', 'sent', 1, '2199-01-01', now(), now())`,
    [uuid, quote],
  );
  await admin.query(
    `INSERT INTO quote_revision (tenant_id, quote_id, revision, content, plan_id, plan_version, sent_at, sent_by)
     SELECT $1, $2, 1, jsonb_build_object('billing_cycle', 'annual', 'price', 100, 'currency', 'usd', 'limits', limits,
       'features', features, 'terms', $3::text, 'net_days', 30, 'valid_until', '2198-12-31'), plan_id, version, now(), $2
     FROM plan_version WHERE plan_id = 'institutional' AND version = 100`,
    [uuid, quote, text],
  );
  return publicId('quote', quote);
}
