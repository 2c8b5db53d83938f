import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { findOwnSubscription } from './find-subscription';
import { getSubscription } from './get-subscription';
import { requireCommand } from './lifecycle';
import { mayChangeBilling } from './policy';
import { type SubscriptionDto, subscriptionStatusSchema } from './schemas';
import { askOf, wishToChange } from './write-wish';

/**
 * Lets a subscription go on: a paused one begins a new period now and is charged for it; of another, the
 * cancellation that waits is taken back. Throws 409 `not_cancelling`, or by the state machine.
 */
export async function resumeSubscription(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const before = wishToChange(row);
  if (row.status === 'paused') {
    await askOf(ctx, row, {
      command: 'resume',
      wish: { ...before, paused: false },
      audit: { action: 'subscription.resume_requested' },
    });
    return getSubscription(ctx, id);
  }
  requireCommand(subscriptionStatusSchema.parse(row.status), 'keep');
  if (before.end === 'none') {
    throw conflict('not_cancelling', 'This subscription isn’t set to end, so it simply goes on.');
  }
  await askOf(ctx, row, {
    command: 'keep',
    wish: { ...before, end: 'none' },
    audit: {
      action: 'subscription.resumed',
      before: { cancel_at: row.cancelAt?.toISOString() ?? null },
      after: { cancel_at: null },
    },
    cancelReason: null,
  });
  return getSubscription(ctx, id);
}
