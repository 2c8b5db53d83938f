import { withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { standingClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { convergeBilling } from '../converge-billing';
import { advanceDunning } from '../dunning/advance-dunning';
import { gatewayOf } from '../gateways/find-gateway';
import { followMove } from '../moves/follow-move';
import { settleOverage } from '../overage/hand-over';
import { nextStop } from './next-stop';
import type { ClockRow } from './tenant-clock';

/** What the worker would have done by now, had time gone by itself. */
async function catchUp(ctx: Ctx): Promise<void> {
  await convergeBilling(ctx);
  await advanceDunning(ctx);
  await followMove(ctx);
  await settleOverage(ctx);
}

function readClock(ctx: Ctx): Promise<ClockRow | null> {
  const { tenantId } = ctx;
  return withTenant(ctx, (tx) => tx.tenantClock.findUnique({ where: { tenantId } }));
}

/** The clock stands at `at`; it has arrived when that is where it was to go. */
async function stand(ctx: Ctx, { target }: ClockRow, at: Date): Promise<void> {
  const { tenantId } = ctx;
  const arrived = target !== null && at >= target;
  await withTenant(ctx, async (tx) => {
    await tx.tenantClock.update({
      where: { tenantId },
      data: { at, movedAt: new Date(), ...(arrived ? { target: null } : {}) },
    });
    await emit(tx, ctx, 'tenant.clock_moved', { at: at.toISOString(), arrived });
  });
}

/**
 * Moves a sandbox tenant's clock to where it is wanted, from one moment at which something falls due to the next: the
 * provider's clock first, then ours, then what the worker would have done in that moment. Killed anywhere, it goes on
 * from the stop it had reached: each part of a stop bears repeating.
 */
export async function travel(ctx: Ctx, signal: AbortSignal): Promise<void> {
  for (;;) {
    const row = await readClock(ctx);
    if (!row) return;
    const here = { ...ctx, clock: standingClock(row.at) };
    // Also what the last run had begun.
    await catchUp(here);
    if (!row.target) return;
    signal.throwIfAborted();
    const to = await nextStop(here, row.target);
    await gatewayOf(row).clocks?.moveTo(row.clockId, to);
    await stand({ ...ctx, clock: standingClock(to) }, row, to);
  }
}
