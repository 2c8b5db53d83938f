import { getPlanVersion } from '@/lib/domains/entitlements';
import { planIdSchema } from '@/lib/domains/entitlements/schemas';
import { Prisma } from '@/lib/infra/db';
import { env } from '@/lib/infra/env';
import { authoriseOperator, type Ctx, type OperatorCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import { type Money, money } from '@/lib/kernel/money';
import { presentDiscount, readDiscounts } from './discounts/read-discounts';
import type { AdminDiscount } from './discounts/schemas';
import { ctxInside } from './inside';
import { presentTenantRow, readTenants } from './list-all-tenants';
import { presentSubscription, readSubscriptions } from './list-all-subscriptions';
import { withOperator } from './platform-audit';
import type { AdminSubscription, AdminTenant } from './schemas';

export type TenantFacts = {
  tenant: AdminTenant;
  /** Newest first. */
  subscriptions: AdminSubscription[];
  /** A discount that waits for a second operator. */
  waitingDiscount: AdminDiscount | null;
  /** What a discount takes off within a year from which on it needs a second operator; null without a subscription. */
  discountSecondFrom: Money | null;
  /** The operator's own ctx in this tenant, for the tenant's verbs: they see what row-level security lets them. */
  inside: Ctx;
};

/**
 * Opens a tenant for an operator to look at; the tenant's own audit log sees that. Throws `forbidden`,
 * `not_found`.
 */
export async function getTenantFacts(ctx: OperatorCtx, id: string): Promise<TenantFacts> {
  authoriseOperator(ctx, 'platform:read');
  const tenantId = parsePublicId('tenant', id);
  if (!tenantId) throw notFound('tenant');
  const inside = await ctxInside(ctx, tenantId);
  return withOperator(ctx, async (tx) => {
    const [row] = await readTenants(tx, Prisma.sql`t.id = ${tenantId}::uuid`, 1);
    if (!row) throw notFound('tenant');
    const subscriptions = await readSubscriptions(
      tx,
      Prisma.sql`s.tenant_id = ${tenantId}::uuid`,
      20,
    );
    const [latest] = subscriptions;
    const plan =
      latest && (await getPlanVersion(tx, planIdSchema.parse(latest.plan_id), latest.plan_version));
    const [waiting] = await readDiscounts(
      tx,
      Prisma.sql`d.tenant_id = ${tenantId}::uuid AND d.status = 'requested'`,
      1,
    );
    return {
      result: {
        waitingDiscount: waiting ? presentDiscount(waiting) : null,
        tenant: presentTenantRow(row),
        subscriptions: subscriptions.map(presentSubscription),
        discountSecondFrom: plan ? money(env().discountSecondOperatorFrom, plan.currency) : null,
        inside,
      },
      entry: {
        action: 'tenant.viewed',
        object: { type: 'tenant', id: tenantId },
        aboutTenantId: tenantId,
        inside,
      },
    };
  });
}
