import { giftTerms } from '@/lib/domains/billing/discount/schemas';
import type { Prisma, Tx } from '@/lib/infra/db';
import { publicId } from '@/lib/kernel/ids';
import { type AdminDiscount, adminDiscount } from './schemas';

type Row = {
  id: string;
  tenant_id: string;
  slug: string;
  name: string;
  subscription_id: string;
  terms: unknown;
  value: bigint;
  currency: string;
  status: string;
  reason: string;
  requested_by: string;
  asker: string | null;
  requested_at: Date;
  decided_by: string | null;
  decider: string | null;
  decided_at: Date | null;
  refusal: string | null;
};

const person = (id: string, email: string | null) => ({
  id: publicId('operator', id),
  email: email ?? '',
});

/** A discount that was asked for, as operators see it. */
export function presentDiscount(row: Row): AdminDiscount {
  const { percent_off, amount_off, duration, months } = giftTerms.parse(row.terms);
  const { currency } = row;
  return adminDiscount.parse({
    id: publicId('discountRequest', row.id),
    tenant: { id: publicId('tenant', row.tenant_id), slug: row.slug, name: row.name },
    subscription_id: publicId('subscription', row.subscription_id),
    percent_off: percent_off ?? null,
    amount_off: amount_off === undefined ? null : { amount: amount_off, currency },
    duration,
    months: months ?? null,
    value: { amount: Number(row.value), currency },
    status: row.status,
    reason: row.reason,
    requested_by: person(row.requested_by, row.asker),
    requested_at: row.requested_at.toISOString(),
    decided_by: row.decided_by && person(row.decided_by, row.decider),
    decided_at: row.decided_at?.toISOString() ?? null,
    refusal: row.refusal,
  });
}

/** Discounts that were asked for, with whose they are and who acted, in the caller's transaction; newest first. */
export function readDiscounts(tx: Tx, where: Prisma.Sql, take: number): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT d.id, d.tenant_id, t.slug, t.name, d.subscription_id, d.terms, d.value, d.currency, d.status, d.reason,
      d.requested_by, asker.email AS asker, d.requested_at, d.decided_by, decider.email AS decider, d.decided_at, d.refusal
    FROM discount_request d JOIN tenant t ON t.id = d.tenant_id
      LEFT JOIN platform_operator asker ON asker.id = d.requested_by
      LEFT JOIN platform_operator decider ON decider.id = d.decided_by
    WHERE ${where} ORDER BY d.id DESC LIMIT ${take}`;
}
