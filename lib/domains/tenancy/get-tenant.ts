import { type Tx, withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { presentTenant } from './present-tenant';
import type { TenantDto } from './schemas';

/** The row of the caller's tenant. Throws `not_found` when it was closed. */
export async function readTenant(tx: Tx, ctx: Ctx) {
  const row = await tx.tenant.findFirst({ where: { id: ctx.tenantId, deletedAt: null } });
  if (!row) throw notFound('organisation');
  return row;
}

/** The caller’s tenant. Throws `forbidden`, and `not_found` when it was closed. */
export async function getTenant(ctx: Ctx): Promise<TenantDto> {
  authorise(ctx, 'tenant:read');
  return presentTenant(await withTenant(ctx, (tx) => readTenant(tx, ctx)));
}
