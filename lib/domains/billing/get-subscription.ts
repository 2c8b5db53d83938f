import { getPlanVersion } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { ensureCustomer } from './ensure-customer';
import { findOwnSubscription } from './find-subscription';
import { createCardPage, keepCheckout } from './open-checkout';
import { mayReadBilling } from './policy';
import type { ListQuery, SubscriptionDto, SubscriptionPage } from './schemas';
import { openCheckoutUrl, type SubscriptionRow, toSubscriptionDto } from './to-dto';

/**
 * A page that takes a card lives a day, a trial longer: when the last page has gone and a card is
 * still wanted, there is a new one. Without the provider there is none until it is back.
 */
async function withCardPage(ctx: Ctx, row: SubscriptionRow): Promise<SubscriptionRow> {
  const now = ctx.clock.now();
  const wanted = row.status === 'trialing' && row.card === null && row.providerId !== null;
  if (!wanted || openCheckoutUrl(row, now)) return row;
  try {
    const plan = await withTenant(ctx, (tx) => getPlanVersion(tx, row.planId, row.planVersion));
    const customer = await ensureCustomer(ctx);
    const session = await createCardPage(row, {
      customer,
      providerId: row.providerId ?? '',
      currency: plan.currency,
      turn: row.checkoutId ?? 'first',
    });
    await keepCheckout(ctx, row.id, session);
    return await findOwnSubscription(ctx, publicId('subscription', row.id));
  } catch (error) {
    log().warn({ err: error, requestId: ctx.requestId }, 'no new page for the card');
    return row;
  }
}

/** Throws not_found. */
export async function getSubscription(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  mayReadBilling(ctx);
  const row = await withCardPage(ctx, await findOwnSubscription(ctx, id));
  return toSubscriptionDto(row, ctx.clock.now());
}

/** The tenant's subscriptions, newest first. Throws `invalid_cursor`. */
export async function listSubscriptions(ctx: Ctx, query: ListQuery): Promise<SubscriptionPage> {
  mayReadBilling(ctx);
  const { tenantId } = ctx;
  const older = olderThan('subscription', query.cursor);
  const rows = await withTenant(ctx, (tx) =>
    tx.subscription.findMany({
      where: { tenantId, ...older },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    }),
  );
  // At most one row of a tenant is live and may want a card.
  const current: SubscriptionRow[] = [];
  for (const row of rows) current.push(await withCardPage(ctx, row));
  const now = ctx.clock.now();
  return toPage(
    current,
    query.limit,
    (row) => toSubscriptionDto(row, now),
    cursorById('subscription'),
  );
}
