import { getPlanVersion } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { ensureCustomer } from './ensure-customer';
import { findOwnSubscription } from './find-subscription';
import { createCardPage, keepCheckout } from './open-checkout';
import { mayReadBilling } from './policy';
import { readCursor } from './read-cursor';
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
  const after = readCursor('subscription', query.cursor);
  const rows = await withTenant(ctx, (tx) =>
    tx.subscription.findMany({
      where: { tenantId, ...(after ? { id: { lt: after } } : {}) },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    }),
  );
  const page = rows.slice(0, query.limit);
  const now = ctx.clock.now();
  const shown: SubscriptionDto[] = [];
  for (const row of page) shown.push(toSubscriptionDto(await withCardPage(ctx, row), now));
  const last = page.at(-1);
  const more = rows.length > query.limit && last;
  return { data: shown, next_cursor: more ? publicId('subscription', last.id) : null };
}
