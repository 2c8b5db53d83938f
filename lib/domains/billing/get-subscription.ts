import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { findOwnSubscription } from './find-subscription';
import { mayReadBilling } from './policy';
import type { ListQuery, SubscriptionDto, SubscriptionPage } from './schemas';
import { toSubscriptionDto } from './to-dto';

/** Throws not_found. */
export async function getSubscription(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  mayReadBilling(ctx);
  return toSubscriptionDto(await findOwnSubscription(ctx, id), ctx.clock.now());
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
  const now = ctx.clock.now();
  return toPage(
    rows,
    query.limit,
    (row) => toSubscriptionDto(row, now),
    cursorById('subscription'),
  );
}
