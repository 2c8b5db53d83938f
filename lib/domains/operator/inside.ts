import type { OperatorInside } from '@/lib/domains/billing';
import { clockOf } from '@/lib/infra/tenant-clock';
import type { OperatorCtx } from '@/lib/kernel/ctx';

/**
 * The operator's ctx in a tenant, in that tenant's time; what is done with it, the tenant's own log says of an operator.
 * Not to be asked for within a transaction.
 */
export async function ctxInside(ctx: OperatorCtx, tenantId: string): Promise<OperatorInside> {
  return { ...ctx, tenantId, clock: await clockOf(tenantId) };
}
