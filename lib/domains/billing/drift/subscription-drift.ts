import { gatewayOf } from '../gateways/find-gateway';
import type { SubscriptionRow } from '../to-dto';
import { sameDiscount } from '../discount/schemas';
import { discountAtProvider, nextAtProvider, providerWish, sameTerms, wishOf } from '../wish';
import type { Drift } from './schemas';

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
  const discount = discountAtProvider(wished, provider.discount, false);
  if (!sameDiscount(discount, provider.discount)) {
    drift.push({ field: 'discount', wished: discount, provider: provider.discount });
  }
  const said = row.providerStatus && gatewayOf(row).statusOf(row.providerStatus);
  if (said && said !== row.status) {
    drift.push({ field: 'status', wished: row.status, provider: said });
  }
  return drift;
}
