import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { findOwnSubscription } from './find-subscription';
import { getSubscription } from './get-subscription';
import { requireCommand } from './lifecycle';
import { mayChangeBilling } from './policy';
import { type SubscriptionDto, subscriptionStatusSchema } from './schemas';
import { askOf, wishToChange } from './write-wish';

/**
 * Pauses an active subscription: what is unused is credited to the next invoice, nothing renews, and the plan's
 * rights rest. A change or an end that waits is forgotten. Throws 409 by the state machine, `paid_by_invoice`.
 */
export async function pauseSubscription(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  requireCommand(subscriptionStatusSchema.parse(row.status), 'pause');
  if (row.invoiceDays !== null) {
    throw conflict(
      'paid_by_invoice',
      'What is paid by invoice can’t be paused, for the payment provider couldn’t resume it. Ask us for a quote that says what you need instead.',
    );
  }
  await askOf(ctx, row, {
    command: 'pause',
    wish: { ...wishToChange(row), next: null, end: 'none', paused: true },
    audit: { action: 'subscription.pause_requested' },
    cancelReason: null,
  });
  return getSubscription(ctx, id);
}
