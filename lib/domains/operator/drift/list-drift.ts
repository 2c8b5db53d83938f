import { driftSchema } from '@/lib/domains/billing';
import { Prisma, type Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { allOf, likeText } from '../conditions';
import { withOperator } from '../platform-audit';
import { type AdminDrift, type AdminDriftPage, type AdminDriftQuery, adminDrift } from './schemas';

type Row = {
  id: string;
  tenant_id: string;
  slug: string;
  name: string;
  subscription_id: string | null;
  invoice_id: string | null;
  number: string | null;
  currency: string | null;
  gateway: string;
  provider_id: string | null;
  fields: unknown;
  found_at: Date;
};

function present(row: Row): AdminDrift {
  const { subscription_id, invoice_id } = row;
  return adminDrift.parse({
    id: publicId('drift', row.id),
    kind: invoice_id ? 'invoice' : 'subscription',
    tenant: { id: publicId('tenant', row.tenant_id), slug: row.slug, name: row.name },
    subscription_id: subscription_id && publicId('subscription', subscription_id),
    invoice: invoice_id && {
      id: publicId('invoice', invoice_id),
      number: row.number,
      currency: row.currency,
    },
    gateway: row.gateway,
    provider_id: row.provider_id,
    differences: driftSchema
      .array()
      .parse(row.fields)
      .map(({ field, about, wished, provider }) => ({
        field,
        about: about ?? null,
        ours: wished,
        theirs: provider,
      })),
    found_at: row.found_at.toISOString(),
  });
}

function readDrift(tx: Tx, where: Prisma.Sql, take: number): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT d.id, d.tenant_id, t.slug, t.name, d.subscription_id, d.invoice_id, i.number, i.currency,
      coalesce(s.gateway, i.gateway) AS gateway, coalesce(s.provider_id, i.provider_id) AS provider_id,
      d.fields, d.found_at
    FROM billing_drift d JOIN tenant t ON t.id = d.tenant_id
      LEFT JOIN subscription s ON (s.tenant_id, s.id) = (d.tenant_id, d.subscription_id)
      LEFT JOIN invoice i ON (i.tenant_id, i.id) = (d.tenant_id, d.invoice_id)
    WHERE d.accepted_at IS NULL AND ${where} ORDER BY d.id DESC LIMIT ${take}`;
}

const kinds = {
  subscription: Prisma.sql`d.subscription_id IS NOT NULL`,
  invoice: Prisma.sql`d.invoice_id IS NOT NULL`,
};

function searched(text: string | undefined): Prisma.Sql | undefined {
  if (!text) return undefined;
  const like = likeText(text);
  return Prisma.sql`(t.name ILIKE ${like} OR t.slug ILIKE ${like} OR i.number = ${text}
    OR s.provider_id = ${text} OR i.provider_id = ${text})`;
}

/**
 * Where subscriptions and invoices differ from their payment provider, over all tenants, newest first. Throws
 * `forbidden`, `invalid_cursor`.
 */
export async function listDrift(ctx: OperatorCtx, query: AdminDriftQuery): Promise<AdminDriftPage> {
  authoriseOperator(ctx, 'platform:read');
  const { search, kind, limit } = query;
  const before = olderThan('drift', query.cursor).id?.lt;
  const where = allOf(
    searched(search),
    kind && kinds[kind],
    before && Prisma.sql`d.id < ${before}::uuid`,
  );
  return withOperator(ctx, async (tx) => ({
    result: toPage(await readDrift(tx, where, limit + 1), limit, present, cursorById('drift')),
    entry: {
      action: 'drift.listed',
      object: { type: 'platform', id: 'all' },
      after: { search: search ?? null, kind: kind ?? null },
    },
  }));
}
