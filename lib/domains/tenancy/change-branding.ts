import { recordAudit } from '@/lib/domains/audit';
import { requireFeature } from '@/lib/domains/entitlements';
import { type Tx, withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { presentBranding } from './get-branding';
import { readTenant } from './get-tenant';
import { requireVerified } from './require-verified';
import type { BrandingChange, BrandingDto } from './schemas';
import { type StoredBranding, storedBranding } from './stored-branding';

/**
 * Changes a tenant's look in one transaction, under a lock on its row: the right to, the change
 * itself, its audit row, and the word to everybody who has a page open.
 */
export async function changeBranding(
  ctx: Ctx,
  action: string,
  change: (tx: Tx, before: StoredBranding) => Promise<StoredBranding>,
): Promise<BrandingDto> {
  authorise(ctx, 'tenant:write');
  return withTenant(ctx, async (tx) => {
    await requireFeature(tx, ctx, 'branding');
    await requireVerified(tx, ctx, 'change how the product looks');
    await tx.$executeRaw`SELECT 1 FROM tenant WHERE id = ${ctx.tenantId}::uuid FOR UPDATE`;
    const before = storedBranding((await readTenant(tx, ctx)).branding);
    const after = await change(tx, before);
    await tx.tenant.update({
      where: { id: ctx.tenantId },
      data: { branding: after, updatedAt: ctx.clock.now() },
    });
    await recordAudit(tx, ctx, {
      action,
      object: { type: 'tenant', id: ctx.tenantId },
      before,
      after,
    });
    const shown = presentBranding(ctx.tenantId, after);
    const { contrast: _, ...look } = shown;
    await emit(tx, ctx, 'branding.changed', look);
    return shown;
  });
}

/**
 * Sets the two colours. Low contrast is never refused: the theme derived from the colours corrects
 * it, and `contrast` in the answer says how. Throws 402 `feature_not_in_plan`, 403
 * (role, `email_not_verified`).
 */
export function updateBranding(ctx: Ctx, change: BrandingChange): Promise<BrandingDto> {
  return changeBranding(ctx, 'branding.updated', async (_tx, before) => ({
    ...before,
    ...(change.accent === undefined ? {} : { accent: change.accent }),
    ...(change.sidebar === undefined ? {} : { sidebar: change.sidebar }),
  }));
}
