import {
  getEntitlements,
  limitResetsAt,
  planWithRoom,
  readPlanLadder,
  seenFrom,
} from '@/lib/domains/entitlements';
import { monthlyUsed } from '@/lib/domains/usage';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { mayRead } from './policy';
import type { BacktestQuota } from './schemas';

/** How many of the month's back-tests are used, when the count starts again, and which plan lifts it. */
export async function getBacktestQuota(ctx: Ctx): Promise<BacktestQuota> {
  mayRead(ctx);
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const entitlements = await getEntitlements(tx, ctx);
    const used = await monthlyUsed(tx, ctx, 'backtests');
    const { own, larger } = seenFrom(await readPlanLadder(tx, now), entitlements.planId);
    const better = planWithRoom(larger, 'backtests_per_month', used + 1);
    return {
      used,
      limit: entitlements.limits.backtests_per_month,
      resetsAt: (limitResetsAt('backtests_per_month', now) ?? now).toISOString(),
      planName: own?.name ?? entitlements.planId,
      upgrade: better ? { planId: better.planId, name: better.name } : null,
    };
  });
}
