import { Prisma, type Tx } from '@/lib/infra/db';
import { publicId } from '@/lib/kernel/ids';
import { money } from '@/lib/kernel/money';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { addMonths, startOf } from './months';
import { pickBooks } from './read-revenue';
import { inBooks } from './read-sums';
import {
  type CustomerPage,
  type CustomerRow,
  type CustomersQuery,
  type InvoiceMeasure,
  type MovementKind,
  type MovementPage,
  type MovementRow,
  type MovementsQuery,
  type RevenueInvoicePage,
  type RevenueInvoiceRow,
  type RevenueInvoicesQuery,
} from './schemas';

type Customer = {
  id: string;
  slug: string;
  name: string;
  subscription_id: string;
  kind: MovementKind;
  mrr_before: bigint;
  mrr_after: bigint;
  changed_at: Date;
};
type Sum = { count: number; total: bigint };
type Listed<Row> = {
  total: ReturnType<typeof money>;
  count: number;
  data: Row[];
  next_cursor: string | null;
};

const tenantOf = ({ id, slug, name }: { id: string; slug: string; name: string }) => ({
  id: publicId('tenant', id),
  slug,
  name,
});

/** A page of `rows`, an SQL relation with `id` and `amount`, newest first, under the sum of all of them. */
async function listed<Row extends { id: string }, Dto>(
  tx: Tx,
  rows: Prisma.Sql,
  {
    limit,
    cursor,
    kind,
  }: { limit: number; cursor: string | undefined; kind: 'tenant' | 'invoice' },
  currency: string,
  show: (row: Row) => Dto,
): Promise<Listed<Dto>> {
  const before = olderThan(kind, cursor).id?.lt;
  const older = before ? Prisma.sql`WHERE id < ${before}::uuid` : Prisma.empty;
  const found = await tx.$queryRaw<(Row & Sum)[]>`
    WITH listed AS MATERIALIZED (${rows}),
      summed AS (SELECT count(*)::int AS count, coalesce(sum(amount), 0)::bigint AS total FROM listed)
    SELECT summed.*, page.* FROM summed
      LEFT JOIN (SELECT * FROM listed ${older} ORDER BY id DESC LIMIT ${limit + 1}) page ON true
    ORDER BY page.id DESC`;
  return {
    total: money(Number(found[0]?.total ?? 0n), currency),
    count: found[0]?.count ?? 0,
    ...toPage(
      found.filter(({ id }) => id !== null),
      limit,
      show,
      cursorById(kind),
    ),
  };
}

/** The customers whose MRR a month changed, all or of one kind; their sum is the figure. */
export async function readMovements(tx: Tx, query: MovementsQuery): Promise<MovementPage> {
  const books = await pickBooks(tx, query);
  const { currency } = books;
  const kind = query.kind ? Prisma.sql`AND c.kind = ${query.kind}` : Prisma.empty;
  const rows = Prisma.sql`
    SELECT t.id, t.slug, t.name, c.subscription_id, c.kind, c.mrr_before, c.mrr_after, c.changed_at,
      c.mrr_after - c.mrr_before AS amount
    FROM mrr_change c JOIN tenant t ON t.id = c.tenant_id
    WHERE ${inBooks(books, 'c')} AND c.month = ${startOf(query.month)}::date ${kind}`;
  const cents = (amount: bigint) => money(Number(amount), currency);
  const show = (row: Customer): MovementRow => ({
    tenant: tenantOf(row),
    subscription_id: publicId('subscription', row.subscription_id),
    kind: row.kind,
    before: cents(row.mrr_before),
    after: cents(row.mrr_after),
    amount: cents(row.mrr_after - row.mrr_before),
    changed_at: row.changed_at.toISOString(),
  });
  const { limit, cursor } = query;
  return listed(tx, rows, { limit, cursor, kind: 'tenant' }, currency, show);
}

/** Who pays at the end of a month, and what; their sum is the month's MRR. */
export async function readCustomers(tx: Tx, query: CustomersQuery): Promise<CustomerPage> {
  const books = await pickBooks(tx, query);
  const { currency } = books;
  const rows = Prisma.sql`
    SELECT t.id, t.slug, t.name, c.subscription_id, c.changed_at, c.mrr_after AS amount
    FROM (
      SELECT DISTINCT ON (tenant_id) tenant_id, subscription_id, changed_at, mrr_after
      FROM mrr_change WHERE ${inBooks(books, 'mrr_change')} AND month <= ${startOf(query.month)}::date
      ORDER BY tenant_id, month DESC
    ) c JOIN tenant t ON t.id = c.tenant_id
    WHERE c.mrr_after <> 0`;
  const show = (row: Omit<Customer, 'kind'> & { amount: bigint }): CustomerRow => ({
    tenant: tenantOf(row),
    subscription_id: publicId('subscription', row.subscription_id),
    amount: money(Number(row.amount), currency),
    since: row.changed_at.toISOString(),
  });
  const { limit, cursor } = query;
  return listed(tx, rows, { limit, cursor, kind: 'tenant' }, currency, show);
}

type InvoiceRow = {
  id: string;
  invoice_id: string;
  tenant_id: string;
  slug: string;
  name: string;
  subscription_id: string | null;
  number: string;
  status: RevenueInvoiceRow['invoice']['status'];
  note_id: string | null;
  note: string;
  void: boolean;
  issued_at: Date;
  paid_at: Date | null;
  amount: bigint;
};

/** Invoices, and for cash credit notes, with what each adds to a measure in the month of [from, to). */
function partsOf(measure: InvoiceMeasure, from: Date, to: Date): Prisma.Sql {
  const within = (moment: string) => {
    const at = Prisma.raw(moment);
    return Prisma.sql`(${at} >= ${from} AND ${at} < ${to})`;
  };
  switch (measure) {
    case 'invoiced':
      return Prisma.sql`
        SELECT i.tenant_id, i.id AS invoice_id, NULL::uuid AS note_id, sum(l.amount - l.discount)::bigint AS amount
        FROM invoice i JOIN invoice_line l ON l.tenant_id = i.tenant_id AND l.invoice_id = i.id
        WHERE i.status NOT IN ('draft', 'void') AND ${within('i.issued_at')}
        GROUP BY i.tenant_id, i.id`;
    case 'recognised':
      return Prisma.sql`
        SELECT i.tenant_id, i.id AS invoice_id, NULL::uuid AS note_id, sum(
          door.earned_until(l.amount - l.discount, l.period_start, l.period_end, ${to})
          - door.earned_until(l.amount - l.discount, l.period_start, l.period_end, ${from}))::bigint AS amount
        FROM invoice_line l JOIN invoice i ON i.tenant_id = l.tenant_id AND i.id = l.invoice_id
        WHERE i.status NOT IN ('draft', 'void') AND l.period_start < ${to} AND l.period_end >= ${from}
        GROUP BY i.tenant_id, i.id`;
    case 'cash':
      return Prisma.sql`
        SELECT tenant_id, id AS invoice_id, NULL::uuid AS note_id, amount_paid AS amount
        FROM invoice WHERE status <> 'draft' AND ${within('coalesce(paid_at, issued_at)')}
        UNION ALL
        SELECT tenant_id, invoice_id, id, -amount FROM credit_note
        WHERE ${within('issued_at')} AND ${within('voided_at')} IS NOT TRUE
        UNION ALL
        SELECT tenant_id, invoice_id, id, amount FROM credit_note
        WHERE ${within('voided_at')} AND NOT ${within('issued_at')}`;
  }
}

function showInvoice(row: InvoiceRow, currency: string): RevenueInvoiceRow {
  return {
    tenant: tenantOf({ ...row, id: row.tenant_id }),
    subscription_id: row.subscription_id ? publicId('subscription', row.subscription_id) : null,
    invoice: { id: publicId('invoice', row.invoice_id), number: row.number, status: row.status },
    credit_note: row.note_id
      ? {
          id: publicId('creditNote', row.note_id),
          number: row.note,
          status: row.void ? 'void' : 'issued',
        }
      : null,
    issued_at: row.issued_at.toISOString(),
    paid_at: row.paid_at?.toISOString() ?? null,
    amount: money(Number(row.amount), currency),
  };
}

/** The invoices that a month's figure is made of, each with its part of it; for cash with what went back of them. */
export async function readRevenueInvoices(
  tx: Tx,
  query: RevenueInvoicesQuery,
): Promise<RevenueInvoicePage> {
  const books = await pickBooks(tx, query);
  const { currency } = books;
  const parts = partsOf(query.measure, startOf(query.month), startOf(addMonths(query.month, 1)));
  const rows = Prisma.sql`
    SELECT coalesce(n.id, i.id) AS id, i.id AS invoice_id, t.id AS tenant_id, t.slug, t.name, i.subscription_id,
      i.number, i.status, n.id AS note_id, n.number AS note, n.voided_at IS NOT NULL AS void,
      coalesce(n.issued_at, i.issued_at) AS issued_at,
      CASE WHEN n.id IS NULL THEN i.paid_at WHEN part.amount < 0 THEN n.issued_at ELSE n.voided_at END AS paid_at,
      part.amount
    FROM (${parts}) part JOIN invoice i ON (i.tenant_id, i.id) = (part.tenant_id, part.invoice_id)
      LEFT JOIN credit_note n ON (n.tenant_id, n.id) = (part.tenant_id, part.note_id)
      JOIN tenant t ON t.id = part.tenant_id
    WHERE ${inBooks(books, 'i')} AND part.amount <> 0`;
  const { limit, cursor } = query;
  const show = (row: InvoiceRow) => showInvoice(row, currency);
  return listed(tx, rows, { limit, cursor, kind: 'invoice' }, currency, show);
}
