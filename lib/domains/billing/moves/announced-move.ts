import { getPlanVersion } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { money } from '@/lib/kernel/money';
import type { BillingOverview } from '../overview/schemas';
import type { SubscriptionRow } from '../to-dto';
import { sameTerms, wishOf } from '../wish';
import { openMoveOf } from './open-move';

/** The new version of its plan that a customer was told of and doesn't have yet; null where none is to come. */
export async function announcedMove(
  tx: Tx,
  row: SubscriptionRow | null,
): Promise<BillingOverview['plan_move']> {
  if (!row) return null;
  const part = await openMoveOf(tx, row.tenantId);
  if (!part?.effectiveAt || part.withdrawn || part.subscriptionId !== row.id) return null;
  const { terms, next } = wishOf(row);
  const from = await getPlanVersion(tx, part.planId, part.fromVersion);
  const to = await getPlanVersion(tx, part.planId, part.toVersion);
  const { billingCycle: cycle } = next ?? terms;
  const price = (amount: number | null) => (amount === null ? null : money(amount, to.currency));
  return {
    at: part.effectiveAt.toISOString(),
    billing_cycle: cycle,
    price_before: price(from.prices[cycle]),
    price_after: price(to.prices[cycle]),
    alone: next === null || sameTerms(next, { ...terms, planVersion: part.toVersion }),
  };
}
