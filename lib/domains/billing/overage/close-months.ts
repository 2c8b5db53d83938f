import { monthOf, nextMonthOf } from '@/lib/domains/usage';
import { Prisma, type Tx, withSystem, withTenant } from '@/lib/infra/db';
import { enqueueAll } from '@/lib/infra/queue';
import type { Ctx, PublicCtx } from '@/lib/kernel/ctx';
import { convergeBilling, lockBilling } from '../converge-billing';
import { closeMonthsContract } from '../job-contracts';
import { type ChargeRow, closeMonth, type Month } from './close-month';
import { type OverageMeter, overageMeters } from './schemas';
import { readSettings } from './settings';
import type { Told } from './standing';

/** Events are taken up to 35 days after they happened; a month that ended earlier than this, in ms, changes no more. */
const CORRECTED_FOR_MS = 70 * 86_400_000;
/** Closes are spread, in ms, so that a large installation doesn't run into the provider's limits. */
const SPREAD_MS = 20;

/** Months from the first setting on that aren't closed, or may still be corrected; the running one too, oldest first. */
function monthsToLookAt(first: Date, closed: readonly ChargeRow[], now: Date): Month[] {
  const known = new Set(closed.map(({ month }) => month.getTime()));
  const months: Month[] = [];
  for (let start = monthOf(first); start <= now; start = nextMonthOf(start)) {
    const end = nextMonthOf(start);
    const settled = known.has(start.getTime()) && end.getTime() < now.getTime() - CORRECTED_FOR_MS;
    if (!settled) months.push({ start, end });
  }
  return months;
}

async function closeMeter(
  tx: Tx,
  ctx: Ctx,
  meter: OverageMeter,
  subscriptions: readonly Told[],
): Promise<number> {
  const { tenantId } = ctx;
  const history = await readSettings(tx, tenantId, meter);
  const first = history[0]?.from;
  if (!first) return 0;
  const closed = await tx.overageCharge.findMany({
    where: { tenantId, meter },
    orderBy: [{ month: 'asc' }, { revision: 'asc' }],
  });
  let written = 0;
  for (const month of monthsToLookAt(first, closed, ctx.clock.now())) {
    const own = closed.filter((row) => row.month.getTime() === month.start.getTime());
    const row = await closeMonth(tx, ctx, { meter, month, history, closed: own }, subscriptions);
    if (row) written += 1;
  }
  return written;
}

/**
 * Writes what is to be charged for use beyond the limits: months that are over and not closed, the running one where its
 * subscription has ended in it, and corrections of those whose totals changed. One transaction; repeating it is without
 * effect. Asks no provider. Answers how many rows were written.
 */
export function writeCharges(ctx: Ctx): Promise<number> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const subscriptions = await tx.subscription.findMany({
      where: { tenantId },
      orderBy: { id: 'asc' },
      include: { events: { orderBy: { id: 'asc' } } },
    });
    let written = 0;
    for (const meter of overageMeters) written += await closeMeter(tx, ctx, meter, subscriptions);
    return written;
  });
}

/** Whether what is known of the tenant's subscription is over, so that the provider has news of it. */
async function isBehind(ctx: Ctx): Promise<boolean> {
  const { tenantId } = ctx;
  const over = await withTenant(ctx, (tx) =>
    tx.subscription.count({
      where: { tenantId, status: { not: 'cancelled' }, currentPeriodEnd: { lte: ctx.clock.now() } },
    }),
  );
  return over > 0;
}

/** Closes a tenant's months as they stand at the provider, which is asked only where its word may be news. */
export async function closeMonths(ctx: Ctx): Promise<number> {
  if (await isBehind(ctx)) await convergeBilling(ctx);
  return writeCharges(ctx);
}

/** First instant of the month in which it is so late, in the time of the tenant in `k`; a tenant without a clock lives in ours. */
const monthIn = (now: Date) => Prisma.sql`
  (date_trunc('month', coalesce(k.at, ${now}::timestamptz) AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')`;

/**
 * Tenants that wished for overage once and have a month to be closed, a charge to be handed over, or a total that changed, each by its
 * own clock.
 */
function tenantsToClose(tx: Tx, now: Date): Promise<{ tenant_id: string }[]> {
  const month = monthIn(now);
  const correctedFor = `${CORRECTED_FOR_MS} milliseconds`;
  return tx.$queryRaw`
    SELECT DISTINCT s.tenant_id FROM overage_setting s LEFT JOIN tenant_clock k USING (tenant_id)
    WHERE s.starts_at < ${month} AND NOT EXISTS (
      SELECT FROM overage_charge c WHERE c.tenant_id = s.tenant_id AND c.meter = s.meter
        AND c.month = (${month} AT TIME ZONE 'UTC' - interval '1 month') AT TIME ZONE 'UTC')
    UNION
    SELECT tenant_id FROM overage_charge WHERE settled_at IS NULL AND amount <> 0
    UNION
    SELECT p.tenant_id FROM usage_period p LEFT JOIN tenant_clock k USING (tenant_id)
    JOIN LATERAL (
      SELECT c.units FROM overage_charge c
      WHERE c.tenant_id = p.tenant_id AND c.meter = p.meter AND c.month = p.period_start
      ORDER BY c.revision DESC LIMIT 1) c ON c.units <> p.used
    WHERE p.meter IN (${Prisma.join(overageMeters)}) AND p.period_start < ${month}
      AND p.period_start > coalesce(k.at, ${now}::timestamptz) - ${correctedFor}::interval`;
}

/** Queues a close for every tenant that has something to be closed. Answers how many. */
export async function queueCloses(ctx: PublicCtx): Promise<number> {
  const now = ctx.clock.now();
  return withSystem('billing.close_all', async (tx) => {
    const tenants = await tenantsToClose(tx, now);
    await enqueueAll(
      tx,
      closeMonthsContract,
      tenants.map(({ tenant_id: tenantId }, index) => ({
        payload: { tenantId },
        key: `close:${tenantId}`,
        runAt: new Date(now.getTime() + index * SPREAD_MS),
      })),
    );
    return tenants.length;
  });
}
