import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { renewRights } from '../apply-rights';
import { lockBilling } from '../converge-billing';

/** Works out rights anew when a setting begins that was written before; harmless at any time. */
export async function beginOverage(ctx: Ctx): Promise<void> {
  const { tenantId } = ctx;
  await withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    await renewRights(tx, ctx);
  });
}
