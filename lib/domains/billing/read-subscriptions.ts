import type { Tx } from '@/lib/infra/db';
import type { SubscriptionRow } from './subscription-row';

/** All that a tenant ever had, newest first. */
export function readSubscriptions(tx: Tx, tenantId: string): Promise<SubscriptionRow[]> {
  return tx.subscription.findMany({ where: { tenantId }, orderBy: { createdAt: 'desc' } });
}

/** The one that isn't over: a tenant has no more than one. */
export function readLiveSubscription(tx: Tx, tenantId: string): Promise<SubscriptionRow | null> {
  return tx.subscription.findFirst({ where: { tenantId, status: { not: 'cancelled' } } });
}
