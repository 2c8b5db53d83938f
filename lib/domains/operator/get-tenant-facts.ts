import { Prisma } from '@/lib/infra/db';
import { clockOf } from '@/lib/infra/tenant-clock';
import { authoriseOperator, type Ctx, type OperatorCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import { presentTenantRow, readTenants } from './list-all-tenants';
import { presentSubscription, readSubscriptions } from './list-all-subscriptions';
import { withOperator } from './platform-audit';
import type { AdminSubscription, AdminTenant } from './schemas';

export type TenantFacts = {
  tenant: AdminTenant;
  /** Newest first. */
  subscriptions: AdminSubscription[];
  /** The operator's own ctx in this tenant, for the tenant's verbs: they see what row-level security lets them. */
  inside: Ctx;
};

/** The operator's ctx in a tenant; what is done with it, the tenant's own log says of an operator. */
export function ctxInside(ctx: OperatorCtx, tenantId: string): Ctx {
  return { ...ctx, tenantId };
}

/**
 * Opens a tenant for an operator to look at; the tenant's own audit log sees that. Throws `forbidden`,
 * `not_found`.
 */
export async function getTenantFacts(ctx: OperatorCtx, id: string): Promise<TenantFacts> {
  authoriseOperator(ctx, 'platform:read');
  const tenantId = parsePublicId('tenant', id);
  if (!tenantId) throw notFound('tenant');
  const clock = await clockOf(tenantId);
  return withOperator(ctx, async (tx) => {
    const [row] = await readTenants(tx, Prisma.sql`t.id = ${tenantId}::uuid`, 1);
    if (!row) throw notFound('tenant');
    const inside = ctxInside(ctx, tenantId);
    const subscriptions = await readSubscriptions(
      tx,
      Prisma.sql`s.tenant_id = ${tenantId}::uuid`,
      20,
    );
    return {
      result: {
        tenant: presentTenantRow(row),
        subscriptions: subscriptions.map(presentSubscription),
        inside: { ...inside, clock },
      },
      entry: {
        action: 'tenant.viewed',
        object: { type: 'tenant', id: tenantId },
        aboutTenantId: tenantId,
        seenBy: inside,
      },
    };
  });
}
