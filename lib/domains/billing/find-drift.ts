import { type Prisma, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { findOwnSubscription } from './find-subscription';
import { gatewayOf } from './gateways/find-gateway';
import { mayReadBilling } from './policy';
import type { SubscriptionRow } from './to-dto';
import { nextAtProvider, providerWish, sameTerms, wishOf } from './wish';

/** One thing that is otherwise at the provider than it was wished here. */
export type Drift = {
  field: 'terms' | 'next' | 'end' | 'paused' | 'status';
  wished: Prisma.InputJsonValue | null;
  provider: Prisma.InputJsonValue | null;
};

/**
 * How a subscription differs from what was last wished of it. Nothing while a push waits, for then the
 * difference is what it is about to end; nothing before its beginning and after its end.
 */
export function driftOf(row: SubscriptionRow): Drift[] {
  if (row.pushedRevision < row.wishRevision || !row.providerId) return [];
  if (row.status === 'cancelled' || row.status === 'incomplete') return [];
  const wished = wishOf(row);
  const provider = providerWish(row);
  const drift: Drift[] = [];
  if (!sameTerms(wished.terms, provider.terms)) {
    drift.push({ field: 'terms', wished: wished.terms, provider: provider.terms });
  }
  const next = nextAtProvider(wished);
  if (!sameTerms(next, provider.next)) {
    drift.push({ field: 'next', wished: next, provider: provider.next });
  }
  if (wished.end !== provider.end) {
    drift.push({ field: 'end', wished: wished.end, provider: provider.end });
  }
  if (wished.paused !== provider.paused) {
    drift.push({ field: 'paused', wished: wished.paused, provider: provider.paused });
  }
  const said = row.providerStatus && gatewayOf(row).statusOf(row.providerStatus);
  if (said && said !== row.status) {
    drift.push({ field: 'status', wished: row.status, provider: said });
  }
  return drift;
}

/** How a subscription of this tenant differs from its provider; empty when it doesn't. Throws not_found. */
export async function findDrift(ctx: Ctx, id: string): Promise<Drift[]> {
  mayReadBilling(ctx);
  return driftOf(await findOwnSubscription(ctx, id));
}

/** The same of the subscription that runs, if one does. */
export async function findLiveDrift(ctx: Ctx): Promise<Drift[]> {
  mayReadBilling(ctx);
  const { tenantId } = ctx;
  const row = await withTenant(ctx, (tx) =>
    tx.subscription.findFirst({ where: { tenantId, status: { not: 'cancelled' } } }),
  );
  return row ? driftOf(row) : [];
}
