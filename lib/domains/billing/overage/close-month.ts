import { recordAudit } from '@/lib/domains/audit';
import { getPlanVersion, limitsAt } from '@/lib/domains/entitlements';
import { totalOf } from '@/lib/domains/usage';
import type { Prisma, Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { rateOverage } from '../engine';
import { takesOverage } from './beyond-now';
import { limitOf, type OverageMeter } from './schemas';
import { type Setting, settingAt, type SettingRow } from './settings';
import { type Standing, standingAt, type Told } from './standing';

export type ChargeRow = Prisma.OverageChargeGetPayload<object>;

/** A calendar month, UTC: `[start, end)`. */
export type Month = { start: Date; end: Date };

/** Everything from which a month's charge follows. */
type Basis = Pick<
  ChargeRow,
  | 'subscriptionId'
  | 'standing'
  | 'mode'
  | 'budget'
  | 'usedUntil'
  | 'included'
  | 'centsPerThousand'
  | 'currency'
>;

/** Whether two charge the same for the same units. */
const sameBasis = (a: Basis, b: Basis) =>
  a.usedUntil.getTime() === b.usedUntil.getTime() &&
  a.subscriptionId === b.subscriptionId &&
  a.included === b.included &&
  a.centsPerThousand === b.centsPerThousand &&
  a.mode === b.mode &&
  a.budget === b.budget;

/** The moment whose setting counts. */
const lastSecond = (until: Date) => new Date(until.getTime() - 1_000);

async function basisOf(
  tx: Tx,
  ctx: Ctx,
  meter: OverageMeter,
  standing: Standing,
  setting: Setting,
): Promise<Basis> {
  const { subscription, plan, word, until } = standing;
  const version = plan && (await getPlanVersion(tx, plan.planId, plan.planVersion));
  const limits = version && (await limitsAt(tx, ctx.tenantId, version, lastSecond(until)));
  const included = limits?.[limitOf[meter]] ?? null;
  const mode = subscription && !takesOverage(subscription) ? 'off' : setting.mode;
  return {
    subscriptionId: subscription?.id ?? null,
    standing: word,
    mode,
    budget: mode === 'budget' && setting.budget !== null ? BigInt(setting.budget) : null,
    usedUntil: until,
    included: included === null ? null : BigInt(included),
    centsPerThousand: version?.overage[meter] ?? 0,
    currency: version?.currency ?? 'usd',
  };
}

/** What so many units cost by a basis, before and after its budget. */
function priceOf(basis: Basis, meter: OverageMeter, units: number) {
  const charged = basis.standing === 'running' || basis.standing === 'ended';
  if (!charged || basis.mode === 'off') return { uncapped: 0, amount: 0 };
  const included = basis.included === null ? null : Number(basis.included);
  return rateOverage({
    terms: { meter, included, centsPerThousand: basis.centsPerThousand },
    units,
    budget: basis.budget === null ? null : Number(basis.budget),
  });
}

/** Whether something was heard since a month was closed that came about before its end. */
const heardSince = ({ subscription, until }: Standing, { createdAt }: ChargeRow) =>
  subscription?.events.some(({ at, happenedAt }) => at > createdAt && happenedAt < until) ?? false;

/**
 * What a month's charge is worked out from: what it was closed by, unless another subscription has ended or begun since, or it was
 * heard later how the month stood.
 */
async function currentBasis(
  tx: Tx,
  ctx: Ctx,
  of: { meter: OverageMeter; month: Month; history: readonly SettingRow[]; last: ChargeRow | null },
  subscriptions: readonly Told[],
): Promise<Basis | null> {
  const { meter, month, history, last } = of;
  const standing = standingAt(subscriptions, month);
  const isOver = month.end <= ctx.clock.now();
  if (!isOver && standing.word !== 'ended') return null;
  const same = last && last.subscriptionId === (standing.subscription?.id ?? null);
  if (same && last.standing === standing.word && !heardSince(standing, last)) return last;
  return basisOf(tx, ctx, meter, standing, settingAt(history, lastSecond(standing.until)));
}

/**
 * Closes a meter's month, or corrects one that was closed and whose total has changed since (rules 13 and 14): writes the next
 * revision, in the transaction of the caller, who holds the tenant's lock. Null when there is nothing to write: the
 * month still runs, or it says what it said. Repeating it is without effect.
 */
export async function closeMonth(
  tx: Tx,
  ctx: Ctx,
  of: {
    meter: OverageMeter;
    month: Month;
    history: readonly SettingRow[];
    closed: readonly ChargeRow[];
  },
  subscriptions: readonly Told[],
): Promise<ChargeRow | null> {
  const { tenantId } = ctx;
  const { meter, month, closed } = of;
  const last = closed.at(-1) ?? null;
  const basis = await currentBasis(tx, ctx, { ...of, last }, subscriptions);
  if (!basis) return null;
  const { usedUntil } = basis;
  const units = await totalOf(tx, tenantId, meter, { from: month.start, until: usedUntil });
  if (last && sameBasis(last, basis) && last.units === units) return null;
  const { uncapped, amount } = priceOf(basis, meter, units);
  const billed = closed.reduce((sum, row) => sum + Number(row.amount), 0);
  const { subscriptionId, standing, mode, budget, included, centsPerThousand, currency } = basis;
  const row = await tx.overageCharge.create({
    data: {
      ...{ tenantId, meter, month: month.start, revision: closed.length },
      ...{
        subscriptionId,
        standing,
        mode,
        budget,
        usedUntil,
        included,
        centsPerThousand,
        currency,
      },
      units,
      uncapped: BigInt(uncapped),
      billedBefore: BigInt(billed),
      amount: BigInt(amount - billed),
      createdAt: ctx.clock.now(),
    },
  });
  if (row.amount !== 0n) await tell(tx, ctx, row);
  return row;
}

async function tell(tx: Tx, ctx: Ctx, row: ChargeRow): Promise<void> {
  const { meter, month, revision } = row;
  const amount = Number(row.amount);
  await recordAudit(tx, ctx, {
    action: revision === 0 ? 'overage.charged' : 'overage.corrected',
    object: { type: 'overage', id: `${meter} ${month.toISOString().slice(0, 7)}` },
    after: { revision, units: row.units, amount, currency: row.currency },
  });
  await emit(tx, ctx, 'overage.charged', { meter, month: month.toISOString(), amount });
}
