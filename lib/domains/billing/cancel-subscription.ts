import { recordAudit } from '@/lib/domains/audit';
import { withTenant } from '@/lib/infra/db';
import { callStripe, stripeErrorCode } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { convergeBilling, expireCheckout, lockBilling } from './converge-billing';
import { findOwnSubscription, requireRunning } from './find-subscription';
import { getSubscription } from './get-subscription';
import { mayChangeBilling } from './policy';
import type { CancelSubscriptionInput, SubscriptionDto } from './schemas';
import { giveUpWaiting } from './settle-waiting';
import type { SubscriptionRow } from './to-dto';

/** Gives up a checkout nobody paid. When it was paid meanwhile, the subscription runs: 409. */
async function cancelWaiting(ctx: Ctx, row: SubscriptionRow): Promise<void> {
  if (row.checkoutId && !(await expireCheckout(row.checkoutId))) {
    await convergeBilling(ctx);
    throw conflict(
      'subscription_started',
      'The checkout was completed in this moment, so the subscription runs now. Cancel it again if you mean to.',
    );
  }
  await withTenant(ctx, async (tx) => {
    await lockBilling(tx, ctx.tenantId);
    await giveUpWaiting(tx, ctx, row.id, 'cancelled');
  });
}

async function cancelAtProvider(
  providerId: string,
  { when, reason }: CancelSubscriptionInput,
): Promise<void> {
  const details = reason ? { cancellation_details: { comment: reason } } : {};
  try {
    await callStripe((stripe) =>
      when === 'now'
        ? stripe.subscriptions.cancel(providerId, details)
        : stripe.subscriptions.update(providerId, { cancel_at_period_end: true, ...details }),
    );
  } catch (error) {
    // It has ended there already: converging says so here.
    if (stripeErrorCode(error) !== 'resource_missing') throw error;
  }
}

/**
 * Ends a subscription `now`, or lets it run out at the end of what is paid (or of the trial) and
 * not renew. Nothing is paid back. Throws 409 `subscription_ended`, `subscription_started`.
 */
export async function cancelSubscription(
  ctx: Ctx,
  id: string,
  input: CancelSubscriptionInput,
): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const { tenantId } = ctx;
  const row = await findOwnSubscription(ctx, id);
  if (row.status === 'incomplete') {
    await cancelWaiting(ctx, row);
    return getSubscription(ctx, id);
  }
  const providerId = requireRunning(row);
  await withTenant(ctx, async (tx) => {
    await tx.subscription.update({
      where: { tenantId_id: { tenantId, id: row.id } },
      data: { cancelReason: input.reason ?? null },
    });
    await recordAudit(tx, ctx, {
      action: 'subscription.cancel_requested',
      object: { type: 'subscription', id: row.id },
      after: { when: input.when, reason: input.reason ?? null },
    });
  });
  await cancelAtProvider(providerId, input);
  await convergeBilling(ctx);
  return getSubscription(ctx, id);
}

/** Takes back a cancellation that hasn't come about yet. Throws 409 `not_cancelling`. */
export async function resumeSubscription(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const providerId = requireRunning(row);
  if (row.cancelAt === null) {
    throw conflict('not_cancelling', 'This subscription isn’t set to end, so it simply goes on.');
  }
  await withTenant(ctx, (tx) =>
    recordAudit(tx, ctx, {
      action: 'subscription.resumed',
      object: { type: 'subscription', id: row.id },
      before: { cancel_at: row.cancelAt?.toISOString() ?? null },
      after: { cancel_at: null },
    }),
  );
  await callStripe((stripe) =>
    stripe.subscriptions.update(providerId, { cancel_at_period_end: false }),
  );
  await convergeBilling(ctx);
  return getSubscription(ctx, id);
}
