import { recordAudit } from '@/lib/domains/audit';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { convergeBilling, lockBilling } from './converge-billing';
import { type Drift, driftOf } from './find-drift';
import { findOwnSubscription } from './find-subscription';
import { getSubscription } from './get-subscription';
import { mayChangeBilling } from './policy';
import { pushWish } from './push-wish';
import type { SubscriptionDto } from './schemas';
import { columnsOfWish, providerWish } from './wish';

export type DriftCure = 'push_ours' | 'take_theirs';

const describe = (drift: readonly Drift[]) => ({
  drift: drift.map(({ field, wished, provider }) => ({ field, wished, provider })),
});

/**
 * Ends the difference between a subscription and its provider: makes ours true there, or wishes from now on
 * for what is there. Looks at the provider first. Throws 409 `no_drift`, and what pushing throws.
 */
export async function healDrift(ctx: Ctx, id: string, cure: DriftCure): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  await convergeBilling(ctx);
  const { tenantId } = ctx;
  const row = await findOwnSubscription(ctx, id);
  const where = { tenantId_id: { tenantId, id: row.id } };
  await withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const now = await tx.subscription.findUniqueOrThrow({ where });
    const drift = driftOf(now);
    if (drift.length === 0) {
      throw conflict(
        'no_drift',
        'The payment provider agrees with what was asked for. Nothing is to be healed.',
      );
    }
    const theirs = cure === 'take_theirs';
    await tx.subscription.update({
      where,
      data: {
        ...(theirs ? columnsOfWish(providerWish(now)) : {}),
        wishRevision: { increment: 1 },
        ...(theirs ? { pushedRevision: now.wishRevision + 1 } : {}),
        updatedAt: ctx.clock.now(),
      },
    });
    await recordAudit(tx, ctx, {
      action: theirs ? 'subscription.drift_taken' : 'subscription.drift_pushed',
      object: { type: 'subscription', id: row.id },
      before: describe(drift),
    });
  });
  await pushWish(ctx, row.id);
  return getSubscription(ctx, id);
}
