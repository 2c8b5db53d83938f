import { recordAudit } from '@/lib/domains/audit';
import { withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { readTenant } from './get-tenant';
import { presentTenant } from './present-tenant';
import type { TenantChange, TenantDto } from './schemas';

/** Changes the name or kind of the organisation. Throws `forbidden` without `tenant:write`. */
export async function updateTenant(ctx: Ctx, change: TenantChange): Promise<TenantDto> {
  authorise(ctx, 'tenant:write');
  return withTenant(ctx, async (tx) => {
    const row = await readTenant(tx, ctx);
    const next = { name: change.name ?? row.name, type: change.tenant_type ?? row.type };
    if (next.name === row.name && next.type === row.type) return presentTenant(row);
    const saved = await tx.tenant.update({
      where: { id: ctx.tenantId },
      data: { ...next, updatedAt: ctx.clock.now() },
    });
    await recordAudit(tx, ctx, {
      action: 'tenant.updated',
      object: { type: 'tenant', id: ctx.tenantId },
      before: { name: row.name, tenant_type: row.type },
      after: { name: next.name, tenant_type: next.type },
    });
    await emit(tx, ctx, 'tenant.updated', { name: next.name });
    return presentTenant(saved);
  });
}
