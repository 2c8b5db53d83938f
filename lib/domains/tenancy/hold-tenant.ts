import { recordAudit } from '@/lib/domains/audit';
import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict, notFound } from '@/lib/kernel/errors';

type Change = { before: string; after: string };

/** The tenant's row, locked until the transaction ends, so that two operators come one after another. */
async function lockedTenant(tx: Tx, tenantId: string) {
  await tx.$queryRaw`SELECT FROM tenant WHERE id = ${tenantId}::uuid FOR UPDATE`;
  const row = await tx.tenant.findFirst({ where: { id: tenantId, deletedAt: null } });
  if (!row) throw notFound('organisation');
  return row;
}

/**
 * Suspends the tenant by decision of an operator, in the caller's transaction; the status that it had is kept
 * for the day the hold is lifted. The caller authorises. Throws `not_found`, `already_suspended`.
 */
export async function holdTenantRow(tx: Tx, ctx: Ctx, reason: string): Promise<Change> {
  const { status: before, heldAt } = await lockedTenant(tx, ctx.tenantId);
  if (heldAt) throw conflict('already_suspended', 'An operator has suspended this tenant already.');
  const now = ctx.clock.now();
  await tx.tenant.update({
    where: { id: ctx.tenantId },
    data: { status: 'suspended', heldAt: now, heldStatus: before, updatedAt: now },
  });
  await noteChange(tx, ctx, 'tenant.suspended', { before, after: 'suspended' }, reason);
  return { before, after: 'suspended' };
}

/** Gives the tenant its status back. The caller authorises. Throws `not_found`, `not_suspended`. */
export async function liftTenantRow(tx: Tx, ctx: Ctx, reason: string): Promise<Change> {
  const { status: before, heldAt, heldStatus } = await lockedTenant(tx, ctx.tenantId);
  if (!heldAt || !heldStatus) {
    throw conflict(
      'not_suspended',
      'No operator has suspended this tenant, so there is nothing to lift.',
    );
  }
  await tx.tenant.update({
    where: { id: ctx.tenantId },
    data: { status: heldStatus, heldAt: null, heldStatus: null, updatedAt: ctx.clock.now() },
  });
  await noteChange(tx, ctx, 'tenant.suspension_lifted', { before, after: heldStatus }, reason);
  return { before, after: heldStatus };
}

async function noteChange(
  tx: Tx,
  ctx: Ctx,
  action: 'tenant.suspended' | 'tenant.suspension_lifted',
  change: Change,
  reason: string,
): Promise<void> {
  await recordAudit(tx, ctx, {
    action,
    object: { type: 'tenant', id: ctx.tenantId },
    before: { status: change.before },
    after: { status: change.after, reason },
  });
  await emit(tx, ctx, action, { status: change.after });
}
