import { appSql } from '@/lib/infra/db';

const CHEAPEST = `SELECT plan_id FROM plan_version
  WHERE retired_at IS NULL
    AND (limits->'api_calls_per_month' = 'null' OR (limits->>'api_calls_per_month')::bigint > $1)
  ORDER BY rank, version DESC LIMIT 1`;

/** The smallest plan whose month has room for more than `used` API calls; null when none has. */
export async function planThatLiftsCalls(used: number): Promise<string | null> {
  const { rows } = await appSql<{ plan_id: string }>('gateway.plan', CHEAPEST, [Math.floor(used)]);
  return rows[0]?.plan_id ?? null;
}
