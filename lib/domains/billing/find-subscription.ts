import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict, notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import type { SubscriptionRow } from './to-dto';

/** A subscription of this tenant by its public id. Throws not_found, also for another tenant's. */
export async function findOwnSubscription(ctx: Ctx, publicId: string): Promise<SubscriptionRow> {
  const { tenantId } = ctx;
  const id = parsePublicId('subscription', publicId);
  if (!id) throw notFound('subscription');
  const row = await withTenant(ctx, (tx) =>
    tx.subscription.findUnique({ where: { tenantId_id: { tenantId, id } } }),
  );
  if (!row) throw notFound('subscription');
  return row;
}

/** The provider's id of a subscription that can be changed. Throws 409 when it can't. */
export function requireRunning(row: SubscriptionRow): string {
  if (row.status === 'cancelled') {
    throw conflict('subscription_ended', 'This subscription has ended. Start a new one instead.');
  }
  if (row.status === 'incomplete' || !row.providerId) {
    throw conflict(
      'subscription_incomplete',
      'This subscription isn’t paid yet. Complete its checkout, or start another plan instead.',
    );
  }
  return row.providerId;
}
