import type pg from 'pg';
import { newId, publicId } from '@/lib/kernel/ids';

/** A discount of 20 % for ever that waits for a second operator, its reason `text`; answers its public id. */
export async function askedDiscount(
  admin: pg.Client,
  uuid: string,
  subscription: string,
  text: string,
): Promise<string> {
  const id = newId();
  await admin.query(
    `INSERT INTO discount_request (tenant_id, id, subscription_id, terms, value, currency, reason, status, requested_by, requested_at)
     VALUES ($1, $2, $3, '{"percent_off": 20, "duration": "forever"}', 47760, 'usd', $4, 'requested', $5, now())`,
    [uuid, id, subscription, text, newId()],
  );
  return publicId('discountRequest', id);
}
