import type pg from 'pg';
import { newId, publicId } from '@/lib/kernel/ids';

/** A refund of 1.00 that waits for a second operator; answers its public id. */
export async function waitingRefund(
  admin: pg.Client,
  uuid: string,
  invoice: string,
  reason: string,
): Promise<string> {
  const id = newId();
  await admin.query(
    `INSERT INTO refund (tenant_id, id, invoice_id, amount, currency, reason, status, requested_at, updated_at)
     VALUES ($1, $2, $3, 100, 'usd', $4, 'requested', now(), now())`,
    [uuid, id, invoice, reason],
  );
  return publicId('refund', id);
}

/** A refund that waits for a second operator, one that was done with its credit note, and a dispute. */
export async function giveBack(
  admin: pg.Client,
  uuid: string,
  invoice: string,
  canary: string,
): Promise<{ refund: string; creditNote: string }> {
  const [done, note] = [newId(), newId()];
  await admin.query(
    `INSERT INTO refund (tenant_id, id, invoice_id, amount, currency, reason, status, requested_at, decided_at,
       provider_id, settled_at, updated_at)
     VALUES ($1, $2, $3, 100, 'usd', $4, 'done', now(), now(), 're_canary', now(), now())`,
    [uuid, done, invoice, canary],
  );
  await admin.query(
    `INSERT INTO credit_note (tenant_id, id, invoice_id, refund_id, currency, amount, tax, lines, reason, issued_at)
     VALUES ($1, $2, $3, $4, 'usd', 100, 0, '[]', $5, now())`,
    [uuid, note, invoice, done, canary],
  );
  await admin.query(
    `INSERT INTO dispute (tenant_id, id, invoice_id, amount, currency, reason, status, provider_id, opened_at, updated_at)
     VALUES ($1, $2, $3, 100, 'usd', $4, 'inquiry', 'dp_canary', now(), now())`,
    [uuid, newId(), invoice, canary],
  );
  return {
    refund: await waitingRefund(admin, uuid, invoice, canary),
    creditNote: publicId('creditNote', note),
  };
}
