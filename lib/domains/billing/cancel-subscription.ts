import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import { convergeBilling, lockBilling } from './converge-billing';
import { findOwnSubscription } from './find-subscription';
import { gatewayOf } from './gateways/find-gateway';
import { getSubscription } from './get-subscription';
import { requireCommand } from './lifecycle';
import { mayChangeBilling } from './policy';
import {
  type CancelSubscriptionInput,
  type SubscriptionDto,
  subscriptionStatusSchema,
} from './schemas';
import { giveUpWaiting } from './settle-waiting';
import type { SubscriptionRow } from './to-dto';
import { askOf, wishToChange } from './write-wish';

/** Gives up a checkout nobody paid. When it was paid meanwhile, the subscription runs: 409. */
async function cancelWaiting(ctx: Ctx, row: SubscriptionRow): Promise<void> {
  const closed = !row.checkoutId || (await gatewayOf(row).closeCheckout(row.checkoutId));
  const givenUp =
    closed &&
    (await withTenant(ctx, async (tx) => {
      await lockBilling(tx, ctx.tenantId);
      return giveUpWaiting(tx, ctx, row.id, 'cancelled');
    }));
  if (givenUp) return;
  await convergeBilling(ctx);
  if ((await getSubscription(ctx, publicId('subscription', row.id))).status === 'cancelled') return;
  throw conflict(
    'subscription_started',
    'The checkout was completed in this moment, so the subscription runs now. Cancel it again if you mean to.',
  );
}

/**
 * Ends a subscription `now`, or lets it run out at the end of what is paid (or of the trial) and
 * not renew. Nothing is paid back; what is pending is invoiced. Throws 409 `subscription_started`,
 * `subscription_changed`, `subscription_changing`, or by the state machine.
 */
export async function cancelSubscription(
  ctx: Ctx,
  id: string,
  {
    when,
    reason = null,
  }: { when: CancelSubscriptionInput['when']; reason?: string | null | undefined },
): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const command = when === 'now' ? 'cancel_now' : 'cancel_at_period_end';
  if (row.status === 'incomplete') {
    await cancelWaiting(ctx, row);
    return getSubscription(ctx, id);
  }
  requireCommand(subscriptionStatusSchema.parse(row.status), command);
  await askOf(ctx, row, {
    command,
    wish: { ...wishToChange(row), end: when },
    audit: { action: 'subscription.cancel_requested', after: { when, reason } },
    cancelReason: reason,
  });
  return getSubscription(ctx, id);
}
