import { Prisma, type Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { allOf, likeText } from './conditions';
import { withOperator } from './platform-audit';
import {
  type AdminTenant,
  type AdminTenantPage,
  type AdminTenantQuery,
  adminTenant,
} from './schemas';

type Row = {
  id: string;
  slug: string;
  name: string;
  status: string;
  type: string;
  plan_id: string | null;
  members: number;
  subscription_status: string | null;
  trial_ends_at: Date;
  created_at: Date;
  deleted_at: Date | null;
  held_at: Date | null;
};

const iso = (date: Date | null) => date?.toISOString() ?? null;

function toDto(row: Row): AdminTenant {
  return adminTenant.parse({
    id: publicId('tenant', row.id),
    slug: row.slug,
    name: row.name,
    status: row.status,
    tenant_type: row.type,
    plan_id: row.plan_id,
    members: row.members,
    subscription_status: row.subscription_status,
    trial_ends_at: iso(row.trial_ends_at),
    created_at: iso(row.created_at),
    deleted_at: iso(row.deleted_at),
    held_at: iso(row.held_at),
  });
}

/** A tenant by id, name, slug or the address of one of its people. */
function searched(text: string | undefined): Prisma.Sql | undefined {
  if (!text) return undefined;
  const id = parsePublicId('tenant', text);
  if (id) return Prisma.sql`t.id = ${id}::uuid`;
  const like = likeText(text);
  return Prisma.sql`(t.name ILIKE ${like} OR t.slug ILIKE ${like} OR EXISTS (
    SELECT FROM membership m JOIN "user" u ON u.id = m.user_id
    WHERE m.tenant_id = t.id AND u.email ILIKE ${like}))`;
}

/** Tenants with what a list shows of them, in the caller's transaction; newest first. */
export function readTenants(tx: Tx, where: Prisma.Sql, take: number): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT t.id, t.slug, t.name, t.status, t.type, e.plan_id, t.trial_ends_at, t.created_at, t.deleted_at,
      t.held_at,
      (SELECT count(*)::int FROM membership m WHERE m.tenant_id = t.id) AS members,
      (SELECT s.status FROM subscription s WHERE s.tenant_id = t.id ORDER BY s.id DESC LIMIT 1)
        AS subscription_status
    FROM tenant t LEFT JOIN entitlement e ON e.tenant_id = t.id
    WHERE ${where} ORDER BY t.id DESC LIMIT ${take}`;
}

export const presentTenantRow = toDto;

/** All tenants, closed ones too, newest first. Throws `forbidden`, `invalid_cursor`. */
export async function listAllTenants(
  ctx: OperatorCtx,
  query: AdminTenantQuery,
): Promise<AdminTenantPage> {
  authoriseOperator(ctx, 'platform:read');
  const { search, status, plan, limit } = query;
  const before = olderThan('tenant', query.cursor).id?.lt;
  const where = allOf(
    searched(search),
    before && Prisma.sql`t.id < ${before}::uuid`,
    status && Prisma.sql`t.status = ${status}`,
    plan && Prisma.sql`e.plan_id = ${plan}`,
  );
  return withOperator(ctx, async (tx) => ({
    result: toPage(await readTenants(tx, where, limit + 1), limit, toDto, cursorById('tenant')),
    entry: {
      action: 'tenants.listed',
      object: { type: 'platform', id: 'all' },
      after: { search: search ?? null, status: status ?? null, plan: plan ?? null },
    },
  }));
}
