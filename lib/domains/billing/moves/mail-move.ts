import { type BillingCycle, type PlanVersion } from '@/lib/domains/entitlements';
import { queueMail } from '@/lib/domains/identity';
import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { aboutTenant, payersOf } from '../mails/payers';
import { writeMoney } from '../pdf/paper-words';
import type { MovePart } from './open-move';

const cycles = { monthly: 'a month', quarterly: 'a quarter', annual: 'a year' } as const;

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
    amount === null ? null : `${writeMoney(amount, to.currency)} ${cycles[cycle]}`;
  for (const address of await payersOf(tx, tenantId)) {
    await queueMail(tx, tenantId, {
      template: 'plan_moved',
      to: address,
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
}
