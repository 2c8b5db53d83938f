import { type BillingCycle, type PlanVersion } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { aboutTenant, mailPayers } from '../mails/payers';
import { writePrice } from '../pdf/paper-words';
import type { MovePart } from './open-move';

type Prices = { cycle: BillingCycle; before: number | null; after: number | null };

/**
 * Tells those who pay from when on their plan is another version and what it costs then; with null for the moment, that what was told
 * doesn't happen.
 */
export async function mailMove(
  tx: Tx,
  { tenantId }: Ctx,
  { part, to }: { part: MovePart; to: PlanVersion },
  { cycle, before, after }: Prices,
  effectiveAt: Date | null,
): Promise<void> {
  const about = await aboutTenant(tx, tenantId);
  if (!about) return;
  const price = (amount: number | null) =>
    amount === null ? null : writePrice(amount, to.currency, cycle);
  await mailPayers(tx, tenantId, {
    template: 'plan_moved',
    link: about.billingUrl,
    tenantName: about.tenantName,
    planName: to.name,
    at: effectiveAt?.toISOString() ?? null,
    atOnce: part.moment === 'now',
    before: price(before),
    after: price(after),
    rises: before !== null && after !== null && after > before,
  });
}
