import { countSeats } from '@/lib/domains/tenancy';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { mayReadBilling } from './policy';

/** What the tenant has of the things its plan limits by number. */
export type Standing = { strategies: number; members: number; api_keys: number };

/** Counts them for the page that shows plan and limits; the limits are enforced where they are written. */
export async function countStanding(ctx: Ctx): Promise<Standing> {
  mayReadBilling(ctx);
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  return withTenant(ctx, async (tx) => ({
    strategies: await tx.strategy.count({ where: { tenantId, archivedAt: null } }),
    members: await countSeats(tx, ctx),
    api_keys: await tx.apiKey.count({
      where: { tenantId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    }),
  }));
}
