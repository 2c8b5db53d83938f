import { getClock, moveClock, type TenantClockDto } from '@/lib/domains/billing';
import { authoriseOperator, type Ctx, type OperatorCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import { ctxInside } from './inside';
import { withOperator } from './platform-audit';
import type { TenantClockInput } from './schemas';

/** The tenant meant, and that it was asked for written down: the act itself is the tenant's. */
async function enter(ctx: OperatorCtx, id: string, action: string, to?: string): Promise<Ctx> {
  const tenantId = parsePublicId('tenant', id);
  if (!tenantId) throw notFound('tenant');
  await withOperator(ctx, async (tx) => {
    if ((await tx.tenant.count({ where: { id: tenantId } })) === 0) throw notFound('tenant');
    return {
      result: null,
      entry: {
        action,
        object: { type: 'tenant', id: tenantId },
        aboutTenantId: tenantId,
        ...(to ? { after: { at: to } } : {}),
      },
    };
  });
  return ctxInside(ctx, tenantId);
}

/** What time it is in a sandbox tenant. Throws `forbidden`, `not_found`, 409 `not_a_sandbox`. */
export async function getTenantClock(ctx: OperatorCtx, id: string): Promise<TenantClockDto> {
  authoriseOperator(ctx, 'platform:read');
  return getClock(await enter(ctx, id, 'tenant_clock.viewed'));
}

/** Moves a sandbox tenant through time. Throws `forbidden`, `not_found`, and what `moveClock` throws. */
export async function moveTenantClock(
  ctx: OperatorCtx,
  { id, to }: TenantClockInput,
): Promise<TenantClockDto> {
  authoriseOperator(ctx, 'tenants:write');
  return moveClock(await enter(ctx, id, 'tenant.clock_move_asked', to), { to });
}
