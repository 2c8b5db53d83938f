import { withTenant, withUser } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { invalidField } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { readTenant } from './get-tenant';
import { presentTenant } from './present-tenant';
import type { ListQuery, TenantDto, TenantPage } from './schemas';

/** The tenants a person belongs to, newest first. */
export async function listTenantsOf(userId: string, query: ListQuery): Promise<TenantPage> {
  const after = query.cursor === undefined ? null : parsePublicId('tenant', query.cursor);
  if (query.cursor !== undefined && after === null) {
    throw invalidField('cursor', 'invalid_cursor', 'This cursor is not one of ours.');
  }
  const rows = await withUser(userId, (tx) =>
    tx.tenant.findMany({
      where: { deletedAt: null, ...(after ? { id: { lt: after } } : {}) },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    }),
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map(presentTenant),
    next_cursor: rows.length > query.limit && last ? publicId('tenant', last.id) : null,
  };
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
