import { withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import type { TenantClockDto } from './schemas';
import { requireClock, toClockDto } from './tenant-clock';

/** What time it is in a sandbox tenant. Throws `forbidden`, 409 `not_a_sandbox`. */
export async function getClock(ctx: Ctx): Promise<TenantClockDto> {
  authorise(ctx, 'billing:read');
  return withTenant(ctx, async (tx) => toClockDto(await requireClock(tx, ctx.tenantId)));
}

/** The same, and null for a tenant that lives in real time. */
export async function findClock(ctx: Ctx): Promise<TenantClockDto | null> {
  authorise(ctx, 'billing:read');
  const { tenantId } = ctx;
  const row = await withTenant(ctx, (tx) => tx.tenantClock.findUnique({ where: { tenantId } }));
  return row && toClockDto(row);
}
