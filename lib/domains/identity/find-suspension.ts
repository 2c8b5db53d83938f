import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';

/** What lifts a suspension: paying, or the operator who decided it. */
export type Suspension = 'payment_overdue' | 'operator';

/** Why a suspended tenant is, for whoever is refused to be told what to do. */
export async function findSuspension(ctx: Ctx): Promise<Suspension> {
  const { tenantId: id } = ctx;
  const held = await withTenant(ctx, (tx) =>
    tx.tenant.count({ where: { id, heldAt: { not: null } } }),
  );
  return held > 0 ? 'operator' : 'payment_overdue';
}
