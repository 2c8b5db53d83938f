import { getEntitlements, getPlanVersion } from '@/lib/domains/entitlements';
import { monthSoFar } from '@/lib/domains/usage';
import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { rateOverage } from '../engine';
import { readLiveSubscription } from '../read-subscriptions';
import type { SubscriptionRow } from '../to-dto';
import { isCharged, takesOverage } from './beyond-now';
import { limitOf, type OverageMeter } from './schemas';
import { readSettings, type Setting, settingAt, settingAfter } from './settings';

/** A meter's running month, as far as overage goes; amounts in minor units of `currency`. */
export type OverageMonth = {
  meter: OverageMeter;
  setting: Setting;
  next: ReturnType<typeof settingAfter>;
  /** How many settings were written. */
  revisions: number;
  live: SubscriptionRow | null;
  /** For a thousand units beyond the limit; null where the plan has no such price, or who collects takes none. */
  centsPerThousand: number | null;
  currency: string;
  included: number | null;
  used: number;
  projected: number | null;
  /** Whether what is beyond is let in and charged. */
  active: boolean;
};

/** Reads what a meter's overage is at this moment, and from what it follows. */
export async function readOverageMonth(
  tx: Tx,
  ctx: Ctx,
  meter: OverageMeter,
): Promise<OverageMonth> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const history = await readSettings(tx, tenantId, meter);
  const setting = settingAt(history, now);
  const live = await readLiveSubscription(tx, tenantId);
  const { planId, planVersion, limits } = await getEntitlements(tx, ctx);
  const plan = planVersion === 0 ? null : await getPlanVersion(tx, planId, planVersion);
  const taken = live === null || takesOverage(live);
  const centsPerThousand = taken ? (plan?.overage[meter] ?? null) : null;
  return {
    meter,
    setting,
    next: settingAfter(history, now),
    revisions: history.length,
    live,
    centsPerThousand,
    currency: plan?.currency ?? 'usd',
    included: limits[limitOf[meter]],
    ...(await monthSoFar(tx, ctx, meter)),
    active: setting.mode !== 'off' && centsPerThousand !== null && isCharged(live),
  };
}

/** What so many units cost the month under its setting, in minor units; 0 while nothing beyond is charged. */
export function costOf(month: OverageMonth, units: number): number {
  const { meter, active, centsPerThousand, included, setting } = month;
  if (!active || centsPerThousand === null) return 0;
  return rateOverage({
    terms: { meter, included, centsPerThousand },
    units,
    budget: setting.budget,
  }).amount;
}
