import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { applyRights } from '../apply-rights';
import { lockBilling } from '../converge-billing';
import { followTrial } from '../mails/follow-trial';
import { readSubscriptions } from '../read-subscriptions';
import { followDunning } from './follow-dunning';

/**
 * For the day on which time alone changes something: takes rights that have run out, sends the notice that is due.
 * It asks no provider; whatever that has to say comes by itself.
 */
export async function advanceDunning(ctx: Ctx): Promise<void> {
  const { tenantId } = ctx;
  await withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const rows = await readSubscriptions(tx, tenantId);
    await applyRights(tx, ctx, rows);
    await followDunning(tx, ctx, rows);
    await followTrial(tx, ctx, rows);
  });
}
