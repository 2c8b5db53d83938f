import { recordAudit } from '@/lib/domains/audit';
import { limitsOfAddOns, setAddOnGrants } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { readAddOns } from '../read-offer';
import type { SubscriptionRow } from '../subscription-row';
import { termsOf } from '../wish';

/** Lets the add-ons of what runs raise the tenant's limits; `running` null: none do. Returns whether anything changed. */
export async function applyAddOns(
  tx: Tx,
  ctx: Ctx,
  running: SubscriptionRow | null,
): Promise<boolean> {
  const units = running ? await readAddOns(tx, termsOf(running).addOns) : [];
  const after = limitsOfAddOns(units);
  const before = await setAddOnGrants(tx, ctx, after);
  if (!before) return false;
  await recordAudit(tx, ctx, {
    action: 'entitlement.add_ons_changed',
    object: { type: 'tenant', id: ctx.tenantId },
    before,
    after,
  });
  return true;
}
