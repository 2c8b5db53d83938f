import type { Prisma, Tx } from '@/lib/infra/db';
import { publicId } from '@/lib/kernel/ids';
import { type AdminRefund, adminRefund } from './schemas';

type Row = {
  id: string;
  tenant_id: string;
  slug: string;
  name: string;
  invoice_id: string;
  number: string;
  amount: bigint;
  currency: string;
  status: string;
  reason: string;
  requested_by: string | null;
  asker: string | null;
  requested_at: Date;
  decided_by: string | null;
  decider: string | null;
  decided_at: Date | null;
  refusal: string | null;
  provider_id: string | null;
  failure: string | null;
  credit_note: string | null;
  credit_note_id: string | null;
  settled_at: Date | null;
};

const person = (id: string | null, email: string | null) =>
  id && { id: publicId('operator', id), email: email ?? '' };

/** A refund as operators see it. */
export function presentRefund(row: Row): AdminRefund {
  return adminRefund.parse({
    id: publicId('refund', row.id),
    tenant: { id: publicId('tenant', row.tenant_id), slug: row.slug, name: row.name },
    invoice: { id: publicId('invoice', row.invoice_id), number: row.number },
    amount: { amount: Number(row.amount), currency: row.currency },
    status: row.status,
    reason: row.reason,
    requested_by: person(row.requested_by, row.asker),
    requested_at: row.requested_at.toISOString(),
    decided_by: person(row.decided_by, row.decider),
    decided_at: row.decided_at?.toISOString() ?? null,
    refusal: row.refusal,
    provider_id: row.provider_id,
    failure: row.failure,
    credit_note: row.credit_note,
    credit_note_id: row.credit_note_id && publicId('creditNote', row.credit_note_id),
    settled_at: row.settled_at?.toISOString() ?? null,
  });
}

/** Refunds with whose they are and who acted, in the caller's transaction; newest first. */
export function readRefunds(tx: Tx, where: Prisma.Sql, take: number): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT r.id, r.tenant_id, t.slug, t.name, r.invoice_id, i.number, r.amount, r.currency, r.status, r.reason,
      r.requested_by, asker.email AS asker, r.requested_at, r.decided_by, decider.email AS decider, r.decided_at,
      r.refusal, r.provider_id, r.failure, n.number AS credit_note, n.id AS credit_note_id,
      r.settled_at
    FROM refund r JOIN tenant t ON t.id = r.tenant_id
      JOIN invoice i ON (i.tenant_id, i.id) = (r.tenant_id, r.invoice_id)
      LEFT JOIN credit_note n ON (n.tenant_id, n.refund_id) = (r.tenant_id, r.id)
      LEFT JOIN platform_operator asker ON asker.id = r.requested_by
      LEFT JOIN platform_operator decider ON decider.id = r.decided_by
    WHERE ${where} ORDER BY r.id DESC LIMIT ${take}`;
}
