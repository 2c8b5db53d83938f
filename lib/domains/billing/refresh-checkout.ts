import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { convergeBilling } from './converge-billing';
import { mayReadBilling } from './policy';
import type { SubscriptionDto } from './schemas';
import { toSubscriptionDto } from './to-dto';

/**
 * For the browser's return from the hosted page: asks the provider what became of it, instead of
 * waiting for the webhook. It grants nothing by itself: unpaid stays unpaid. Returns the newest
 * subscription, or null without one.
 */
export async function refreshCheckout(ctx: Ctx): Promise<SubscriptionDto | null> {
  mayReadBilling(ctx);
  await convergeBilling(ctx);
  const { tenantId } = ctx;
  const row = await withTenant(ctx, (tx) =>
    tx.subscription.findFirst({ where: { tenantId }, orderBy: { createdAt: 'desc' } }),
  );
  return row && toSubscriptionDto(row, ctx.clock.now());
}
