import { recordAudit } from '@/lib/domains/audit';
import { type Prisma, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { lockBilling } from '../converge-billing';
import { requireSeen } from '../heal-drift';
import { mayChangeBilling } from '../policy';

/**
 * Lets an invoice's difference be as it is: final invoices don't change, so that it is put right by a credit note or
 * not at all. Listed again only when it becomes another. Throws 409 `drift_changed`, `drift_accepted`.
 */
export async function acceptDrift(ctx: Ctx, id: string): Promise<void> {
  mayChangeBilling(ctx);
  const { tenantId } = ctx;
  await withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    await requireSeen(tx, tenantId, id);
    const [row] = await tx.billingDrift.updateManyAndReturn({
      where: { tenantId, id, acceptedAt: null, invoiceId: { not: null } },
      data: { acceptedAt: ctx.clock.now() },
    });
    if (!row?.invoiceId) {
      throw conflict('drift_accepted', 'Somebody accepted this difference already.');
    }
    await recordAudit(tx, ctx, {
      action: 'invoice.drift_accepted',
      object: { type: 'invoice', id: row.invoiceId },
      before: { drift: row.fields as Prisma.InputJsonArray },
    });
  });
}
