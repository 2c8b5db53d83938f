import { recordAudit } from '@/lib/domains/audit';
import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import type { TenantRow } from './present-tenant';
import type { TenantType } from './schemas';
import { skeleton } from './slug';

export type NewTenant = {
  slug: string;
  name: string;
  type: TenantType;
  trialEndsAt: Date;
  /** `pending` until a person known before has confirmed by mail that they want it. */
  owner: { userId: string; membershipId: string; status: 'active' | 'pending' };
};

/**
 * Writes a tenant and its first owner, in the caller's transaction (bound to the new tenant's id).
 * A slug taken meanwhile fails on the unique keys of slug and skeleton.
 */
export async function addTenant(tx: Tx, ctx: Ctx, tenant: NewTenant): Promise<TenantRow> {
  const now = ctx.clock.now();
  const { slug, name, type, trialEndsAt, owner } = tenant;
  const row = await tx.tenant.create({
    data: {
      id: ctx.tenantId,
      slug,
      skeleton: skeleton(slug),
      name,
      type,
      trialEndsAt,
      createdAt: now,
      updatedAt: now,
    },
  });
  await tx.membership.create({
    data: {
      tenantId: ctx.tenantId,
      id: owner.membershipId,
      userId: owner.userId,
      role: 'owner',
      status: owner.status,
      createdAt: now,
    },
  });
  await recordAudit(tx, ctx, {
    action: 'tenant.created',
    object: { type: 'tenant', id: ctx.tenantId },
    after: { slug, name, tenant_type: type, owner: owner.status },
  });
  await emit(tx, ctx, 'tenant.created', { slug, name, tenant_type: type });
  return row;
}
