import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { createSubscription } from './create-subscription';
import { keptDiscount } from './discount/kept-discount';
import { findOwnSubscription } from './find-subscription';
import { mayChangeBilling } from './policy';
import { createSubscriptionInput, type SubscriptionDto } from './schemas';

/**
 * Comes back after the end: a new subscription with the plan and cycle of the one that ended, at today's price,
 * charged at once to the card on file, with the discount that it had for ever. Without a good card it is `incomplete` until its `checkout_url` is
 * paid. Throws 409 `not_ended`, 402 `payment_failed`, and what creating throws.
 */
export async function reactivateSubscription(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  if (row.status !== 'cancelled') {
    throw conflict(
      'not_ended',
      'This subscription hasn’t ended, so there is nothing to start again.',
    );
  }
  const input = createSubscriptionInput.parse({
    plan_id: row.planId,
    billing_cycle: row.billingCycle,
    trial_days: 0,
    gateway: row.gateway,
  });
  const discount = await keptDiscount(ctx, row);
  return createSubscription(ctx, input, { cardOnFile: true, discount });
}
