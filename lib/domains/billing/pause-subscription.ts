import type { Ctx } from '@/lib/kernel/ctx';
import { findOwnSubscription } from './find-subscription';
import { getSubscription } from './get-subscription';
import { requireCommand } from './lifecycle';
import { mayChangeBilling } from './policy';
import { type SubscriptionDto, subscriptionStatusSchema } from './schemas';
import { askOf, wishToChange } from './write-wish';

/**
 * Pauses an active subscription: what is unused is credited to the next invoice, nothing renews, and the plan's
 * rights rest. A change or an end that waits is forgotten. Throws 409 by the state machine.
 */
export async function pauseSubscription(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  requireCommand(subscriptionStatusSchema.parse(row.status), 'pause');
  await askOf(ctx, row, {
    command: 'pause',
    wish: { ...wishToChange(row), next: null, end: 'none', paused: true },
    audit: { action: 'subscription.pause_requested' },
    cancelReason: null,
  });
  return getSubscription(ctx, id);
}
