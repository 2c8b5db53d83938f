import { withTenant, withUser } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { readTenant } from './get-tenant';
import { presentTenant } from './present-tenant';
import type { ListQuery, TenantDto, TenantPage } from './schemas';

/** The tenants a person belongs to, newest first. */
export async function listTenantsOf(userId: string, query: ListQuery): Promise<TenantPage> {
  const older = olderThan('tenant', query.cursor);
  const rows = await withUser(userId, (tx) =>
    tx.tenant.findMany({
      where: { deletedAt: null, ...older },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    }),
  );
  return toPage(rows, query.limit, presentTenant, cursorById('tenant'));
}

/** All tenants of a person, by name: for the workspace switcher and for choosing at sign-in. */
export async function allTenantsOf(userId: string): Promise<(TenantDto & { uuid: string })[]> {
  const rows = await withUser(userId, (tx) =>
    tx.tenant.findMany({ where: { deletedAt: null }, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
  );
  return rows.map((row) => ({ ...presentTenant(row), uuid: row.id }));
}

/** A credential of one tenant lists that one. */
export async function listOwnTenant(ctx: Ctx): Promise<TenantPage> {
  authorise(ctx, 'tenant:read');
  const row = await withTenant(ctx, (tx) => readTenant(tx, ctx));
  return { data: [presentTenant(row)], next_cursor: null };
}
