import { recordAudit } from '@/lib/domains/audit';
import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { readTenant } from './get-tenant';
import { mayCloseTenant } from './policy';
import type { TenantRow } from './present-tenant';

/** How long a closed organisation can be brought back, in days. */
export const GRACE_DAYS = 30;

/** Closes the tenant, in the caller's transaction: from here on nobody gets in. Throws `forbidden`. */
export async function closeTenantRow(
  tx: Tx,
  ctx: Ctx,
): Promise<{ before: TenantRow; row: TenantRow }> {
  mayCloseTenant(ctx);
  const before = await readTenant(tx, ctx);
  const now = ctx.clock.now();
  const row = await tx.tenant.update({
    where: { id: ctx.tenantId },
    data: { status: 'cancelled', deletedAt: now, updatedAt: now },
  });
  await recordAudit(tx, ctx, {
    action: 'tenant.closed',
    object: { type: 'tenant', id: ctx.tenantId },
    before: { status: before.status },
    after: { status: 'cancelled' },
  });
  await emit(tx, ctx, 'tenant.closed', { previous_status: before.status });
  return { before, row };
}

/** Brings a closed tenant back within its days of grace, in the caller's transaction. */
export async function reopenTenantRow(tx: Tx, ctx: Ctx, status: string): Promise<TenantRow> {
  const row = await tx.tenant.update({
    where: { id: ctx.tenantId },
    data: { status, deletedAt: null, updatedAt: ctx.clock.now() },
  });
  await recordAudit(tx, ctx, {
    action: 'tenant.reopened',
    object: { type: 'tenant', id: ctx.tenantId },
    after: { status },
  });
  await emit(tx, ctx, 'tenant.reopened', {});
  return row;
}
