import { recordAudit } from '@/lib/domains/audit';
import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import type { TenantRow } from './present-tenant';
import type { TenantStatus } from './schemas';

/**
 * Lets the tenant's status follow its subscription, in the caller's transaction. One that an operator
 * suspended stays so (lifting that is theirs to decide) and a closed one closed (an owner's); one that
 * was suspended because it didn't pay is let in by paying.
 * The caller authorises. Returns whether anything changed.
 */
export async function setTenantStatus(
  tx: Tx,
  ctx: Ctx,
  before: TenantRow & { deletedAt: Date | null; heldAt: Date | null },
  status: TenantStatus,
): Promise<boolean> {
  const settled = before.heldAt !== null || before.deletedAt !== null;
  if (settled || before.status === status) return false;
  await tx.tenant.update({
    where: { id: ctx.tenantId },
    data: { status, updatedAt: ctx.clock.now() },
  });
  await recordAudit(tx, ctx, {
    action: 'tenant.status_changed',
    object: { type: 'tenant', id: ctx.tenantId },
    before: { status: before.status },
    after: { status },
  });
  return true;
}
