import type { Tx } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { gatewayOf } from '../gateways/find-gateway';
import { dunningContract } from '../job-contracts';
import { writePrice } from '../pdf/paper-words';
import { readOffer } from '../read-offer';
import { cardSchema } from '../schemas';
import type { SubscriptionRow } from '../to-dto';
import { wantsCard } from '../wants-card';
import { wishOf } from '../wish';
import { aboutTenant, mailPayers } from './payers';

const DAY = 86_400_000;
/** Days before its end on which a trial's end is told. */
export const TRIAL_NOTICE_DAYS = 3;

/** When the end of a trial is told. */
export function trialNoticeAt(endsAt: Date): Date {
  return new Date(endsAt.getTime() - TRIAL_NOTICE_DAYS * DAY);
}

/** When the trial that runs ends, of a subscription or the organisation's own; null where none does, or its end was asked for. */
export function runningTrialEnd(
  live: SubscriptionRow | null,
  ownEnd: Date,
  now: Date,
): Date | null {
  const subscribed = live !== null && live.status !== 'incomplete';
  if (subscribed && (live.status !== 'trialing' || live.cancelAt)) return null;
  const endsAt = subscribed ? live.trialEndsAt : ownEnd;
  return endsAt && endsAt > now ? endsAt : null;
}

function paidBy(row: SubscriptionRow): string {
  const card = cardSchema.nullable().parse(row.card);
  if (!card) return gatewayOf(row).account ?? 'your card';
  const brand = card.brand.charAt(0).toUpperCase() + card.brand.slice(1);
  return `your ${brand} ending ${card.last4}`;
}

/** What comes after a trial, by what is wished for then. */
async function outcomeOf(tx: Tx, row: SubscriptionRow | null, trialPlan: string) {
  if (!row || row.status === 'incomplete') {
    return { outcome: 'plan_missing', planName: trialPlan, price: null, paidBy: null } as const;
  }
  const wish = wishOf(row);
  const { plan, cycle } = await readOffer(tx, wish.next ?? wish.terms);
  const price = writePrice(plan.prices[cycle] ?? 0, plan.currency, cycle);
  if (row.invoiceDays !== null) {
    return { outcome: 'invoiced', planName: plan.name, price, paidBy: null } as const;
  }
  const outcome = wantsCard(row) ? 'card_missing' : 'charged';
  return { outcome, planName: plan.name, price, paidBy: paidBy(row) } as const;
}

/**
 * Tells those who pay that a trial ends in three days, or sooner where it began later, once for each end: the row that
 * says so is written in the transaction that queues the mails. Before that day it has somebody look again on it. The
 * caller holds the tenant's billing lock; rows come newest first.
 */
export async function followTrial(
  tx: Tx,
  ctx: Ctx,
  rows: readonly SubscriptionRow[],
): Promise<void> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const about = await aboutTenant(tx, tenantId);
  const live = rows.find(({ status }) => status !== 'cancelled') ?? null;
  const endsAt = about && runningTrialEnd(live, about.trialEndsAt, now);
  if (!about || !endsAt) return;
  const runAt = trialNoticeAt(endsAt);
  if (runAt > now) {
    if (ctx.clock.standing) return;
    await enqueue(tx, dunningContract, { tenantId }, { key: `trial:${tenantId}`, runAt });
    return;
  }
  const { count } = await tx.trialNotice.createMany({
    data: [{ tenantId, endsAt, at: now }],
    skipDuplicates: true,
  });
  if (count === 0) return;
  const { tenantName, billingUrl: link } = about;
  const said = await outcomeOf(tx, live, tenantName);
  await mailPayers(tx, tenantId, {
    template: 'trial_ending',
    link,
    tenantName,
    endsAt: endsAt.toISOString(),
    ...said,
  });
}
