import { Prisma, type Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { allOf, likeText } from '../conditions';
import { withOperator } from '../platform-audit';
import {
  type AdminInvoice,
  type AdminInvoicePage,
  type AdminInvoiceQuery,
  adminInvoice,
} from './schemas';

type Row = {
  id: string;
  number: string;
  tenant_id: string;
  slug: string;
  name: string;
  status: string;
  gateway: string;
  currency: string;
  total: bigint;
  amount_paid: bigint;
  refunded: bigint;
  dispute: string | null;
  issued_at: Date;
};

/** An invoice as operators see it in lists. */
export function presentInvoice(row: Row): AdminInvoice {
  const cents = (amount: bigint) => ({ amount: Number(amount), currency: row.currency });
  return adminInvoice.parse({
    id: publicId('invoice', row.id),
    number: row.number,
    tenant: { id: publicId('tenant', row.tenant_id), slug: row.slug, name: row.name },
    status: row.status,
    gateway: row.gateway,
    total: cents(row.total),
    amount_paid: cents(row.amount_paid),
    amount_refunded: cents(row.refunded),
    dispute: row.dispute,
    issued_at: row.issued_at.toISOString(),
  });
}

/** Final invoices with whose they are and what came of their money, in the caller's transaction; newest first. */
export function readInvoices(tx: Tx, where: Prisma.Sql, take: number): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT i.id, i.number, i.tenant_id, t.slug, t.name, i.status, i.gateway, i.currency, i.total, i.amount_paid,
      coalesce((SELECT sum(r.amount) FROM refund r
        WHERE (r.tenant_id, r.invoice_id) = (i.tenant_id, i.id) AND r.status = 'done'), 0)::bigint AS refunded,
      (SELECT d.status FROM dispute d
        WHERE (d.tenant_id, d.invoice_id) = (i.tenant_id, i.id) ORDER BY d.id DESC LIMIT 1) AS dispute,
      i.issued_at
    FROM invoice i JOIN tenant t ON t.id = i.tenant_id
    WHERE i.status <> 'draft' AND ${where} ORDER BY i.id DESC LIMIT ${take}`;
}

const moneyBack = {
  refunded: Prisma.sql`EXISTS (SELECT FROM refund r
    WHERE (r.tenant_id, r.invoice_id) = (i.tenant_id, i.id) AND r.status = 'done')`,
  disputed: Prisma.sql`EXISTS (SELECT FROM dispute d WHERE (d.tenant_id, d.invoice_id) = (i.tenant_id, i.id))`,
};

/** By our number or id, the provider's, or whose it is. */
function searched(text: string | undefined): Prisma.Sql | undefined {
  if (!text) return undefined;
  const id = parsePublicId('invoice', text);
  if (id) return Prisma.sql`i.id = ${id}::uuid`;
  const like = likeText(text);
  return Prisma.sql`(t.name ILIKE ${like} OR t.slug ILIKE ${like} OR i.number = ${text}
    OR i.provider_number = ${text} OR i.provider_id = ${text})`;
}

/** The invoices of all tenants, newest first. Throws `forbidden`, `invalid_cursor`. */
export async function listAllInvoices(
  ctx: OperatorCtx,
  query: AdminInvoiceQuery,
): Promise<AdminInvoicePage> {
  authoriseOperator(ctx, 'platform:read');
  const { search, status, gateway, money_back, limit } = query;
  const before = olderThan('invoice', query.cursor).id?.lt;
  const where = allOf(
    searched(search),
    status && Prisma.sql`i.status = ${status}`,
    gateway && Prisma.sql`i.gateway = ${gateway}`,
    money_back && moneyBack[money_back],
    before && Prisma.sql`i.id < ${before}::uuid`,
  );
  return withOperator(ctx, async (tx) => ({
    result: toPage(
      await readInvoices(tx, where, limit + 1),
      limit,
      presentInvoice,
      cursorById('invoice'),
    ),
    entry: {
      action: 'invoices.listed',
      object: { type: 'platform', id: 'all' },
      after: {
        search: search ?? null,
        status: status ?? null,
        gateway: gateway ?? null,
        money_back: money_back ?? null,
      },
    },
  }));
}
