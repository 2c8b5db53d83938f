import type pg from 'pg';
import { newId, publicId } from '@/lib/kernel/ids';

/** A version of Professional that was sold before and that nobody has. */
export const FORMER_VERSION = 7;

/** A move from that version to the first, that a subscription waits in; answers its public id. */
export async function planMoveOf(
  admin: pg.Client,
  tenantId: string,
  subscriptionId: string,
): Promise<string> {
  const id = newId();
  await admin.query(
    `INSERT INTO plan_version SELECT (jsonb_populate_record(p, jsonb_build_object(
       'id', $1::uuid, 'version', $2::int, 'retired_at', p.published_at))).*
     FROM plan_version p WHERE plan_id = 'professional' AND version = 1`,
    [newId(), FORMER_VERSION],
  );
  await admin.query(
    `INSERT INTO plan_move (id, plan_id, to_version, from_versions, moment, notice_days, total, asked_by, asked_at)
     VALUES ($1, 'professional', 1, '[7]', 'renewal', 14, 1, $1, now())`,
    [id],
  );
  await admin.query(
    `INSERT INTO plan_move_part (tenant_id, move_id, subscription_id, plan_id, from_version, to_version, moment, notice_days,
       state, updated_at)
     VALUES ($1, $2, $3, 'professional', 7, 1, 'renewal', 14, 'queued', now())`,
    [tenantId, id, subscriptionId],
  );
  return publicId('planMove', id);
}
