import { recordAudit } from '@/lib/domains/audit';
import { type Tx, withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { convergeBilling } from './converge-billing';
import { returnCodes } from './discount/redeem-code';
import { gatewayOf } from './gateways/find-gateway';
import { provisionSubscription } from './provision-subscription';
import { reopenQuote } from './quotes/reopen-quote';
import { describeSubscription, openCheckoutUrl, type SubscriptionRow } from './to-dto';
import { writeEvent } from './write-event';

/**
 * Ends a subscription that nobody paid for. False when it came alive meanwhile, or its payer agreed to it: then it is
 * about to.
 */
export async function giveUpWaiting(
  tx: Tx,
  ctx: Ctx,
  id: string,
  reason: 'superseded' | 'provider_refused' | 'cancelled',
): Promise<boolean> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const before = await tx.subscription.findUnique({ where: { tenantId_id: { tenantId, id } } });
  const { count } = await tx.subscription.updateMany({
    where: { tenantId, id, status: 'incomplete', providerId: null },
    data: {
      status: 'cancelled',
      cancelReason: reason,
      endedAt: now,
      cancelAt: now,
      updatedAt: now,
    },
  });
  if (count === 0 || !before) return false;
  await returnCodes(tx, ctx, id);
  if (reason === 'provider_refused') await reopenQuote(tx, ctx, id, before);
  await recordAudit(tx, ctx, {
    action: 'subscription.cancelled',
    object: { type: 'subscription', id },
    before: describeSubscription(before),
    after: { status: 'cancelled', reason },
  });
  await writeEvent(tx, ctx, before, { ...before, status: 'cancelled' });
  await emit(tx, ctx, 'subscription.changed', {
    id: publicId('subscription', id),
    status: 'cancelled',
    plan_id: before.planId,
  });
  return true;
}

async function reload(ctx: Ctx, id: string): Promise<SubscriptionRow> {
  const { tenantId } = ctx;
  return withTenant(ctx, (tx) =>
    tx.subscription.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } } }),
  );
}

/**
 * Finds out what became of a checkout that was left waiting. `same`: it is open and sells what
 * `matches`, so it is the answer; `live`: it was paid, or its trial runs; `gone`: it can't be paid
 * any more, by its own end or because its page is closed here, and may be replaced.
 */
export async function settleWaiting(
  ctx: Ctx,
  waiting: SubscriptionRow,
  matches: (row: SubscriptionRow) => boolean,
): Promise<{ outcome: 'same' | 'live' | 'gone' }> {
  const wanted = matches(waiting);
  if (!waiting.checkoutId && (wanted || waiting.trialEndsAt)) {
    await provisionSubscription(ctx, waiting.id);
  }
  await convergeBilling(ctx);
  const row = await reload(ctx, waiting.id);
  if (row.status === 'cancelled') return { outcome: 'gone' };
  if (row.status !== 'incomplete')
    return { outcome: wanted && !waiting.checkoutId ? 'same' : 'live' };
  if (wanted && openCheckoutUrl(row, ctx.clock.now())) return { outcome: 'same' };
  if (!row.checkoutId || (await gatewayOf(row).closeCheckout(row.checkoutId)))
    return { outcome: 'gone' };
  // Paid in the very moment it was to be closed.
  await convergeBilling(ctx);
  return { outcome: 'live' };
}
