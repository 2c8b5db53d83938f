import { getPlanVersion } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { gatewayOf } from '../gateways/find-gateway';
import type { SubscriptionRow } from '../to-dto';
import type { OverageMeter } from './schemas';
import { readSettings, settingAt, unitsBeyond } from './settings';

/** Statuses under which what is beyond the limit is charged; on trial it wouldn't be, so it isn't let in. */
const CHARGED = new Set(['active', 'past_due']);

/** Whether who collects for a subscription takes anything besides its periods. */
export const takesOverage = (row: Pick<SubscriptionRow, 'gateway'>) =>
  gatewayOf(row).pendingLines !== null;

/** Whether units beyond the limit are charged to a subscription as it stands. */
export const isCharged = (live: SubscriptionRow | null) =>
  live !== null && CHARGED.has(live.status) && takesOverage(live);

/** Units of this month that are let in beyond the limit; null is any number. */
export async function beyondNow(
  tx: Tx,
  ctx: Ctx,
  live: SubscriptionRow,
  meter: OverageMeter,
): Promise<number | null> {
  if (!isCharged(live)) return 0;
  const setting = settingAt(await readSettings(tx, ctx.tenantId, meter), ctx.clock.now());
  if (setting.mode === 'off') return 0;
  const plan = await getPlanVersion(tx, live.planId, live.planVersion);
  return unitsBeyond(setting, plan.overage[meter]);
}
