import { getEntitlements, readPlanLadder, seenFrom } from '@/lib/domains/entitlements';
import { type Tx, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';
import { keptDiscount } from './discount/kept-discount';
import { toDiscountDto } from './discount/to-discount-dto';
import { gatewayOf, gatewaysIn } from './gateways/find-gateway';
import type { FullOffer } from './gateways/port';
import { announcedMove } from './moves/announced-move';
import { nextOffer } from './next-offer';
import type { BillingOverview } from './overview/schemas';
import { paymentParts } from './payment-parts';
import { mayReadBilling } from './policy';
import { toNextInvoice } from './preview-terms';
import { readLiveSubscription } from './read-subscriptions';
import { cardSchema } from './schemas';
import { type SubscriptionRow, toPlanDto, toSubscriptionDto } from './to-dto';
import { trialDaysLeft } from './trial-days';
import { trialSpans } from './trial-spans';
import { findUnpaid } from './unpaid-invoice';
import { mayReplaceCard, wantsCard } from './wants-card';

/** What is charged next and when, asked of the provider, since discounts and credit count too. */
async function nextPayment(
  row: SubscriptionRow,
  next: FullOffer | null,
): Promise<BillingOverview['next_payment']> {
  const renews = ['trialing', 'active', 'past_due'].includes(row.status) && row.cancelAt === null;
  const { providerId } = row;
  if (!renews || !providerId) return null;
  try {
    const standing = { providerId, trialing: row.status === 'trialing' };
    const invoice = await gatewayOf(row).previewRenewal(standing, next);
    return invoice && { ...toNextInvoice(row, invoice), parts: paymentParts(invoice) };
  } catch (error) {
    log().warn({ err: error, subscription: row.id }, 'no preview of the next invoice');
    return null;
  }
}

/** The newest of those that ran once, for coming back to. */
function lastEnded(tx: Tx, { tenantId }: Ctx): Promise<SubscriptionRow | null> {
  return tx.subscription.findFirst({
    where: { tenantId, status: 'cancelled', currentPeriodStart: { not: null } },
    orderBy: { id: 'desc' },
  });
}

/** What comes along to another one; unknown while the provider is away, and then nothing is promised. */
async function keptBy(ctx: Ctx, ended: SubscriptionRow): Promise<BillingOverview['kept_discount']> {
  try {
    const discount = await keptDiscount(ctx, ended);
    return discount && toDiscountDto(discount, null);
  } catch (error) {
    log().warn({ err: error, subscription: ended.id }, 'no word on the discount of what has ended');
    return null;
  }
}

/** Everything the billing page begins with: what the tenant has, what it pays next, what it could have. */
export async function getOverview(ctx: Ctx): Promise<BillingOverview> {
  mayReadBilling(ctx);
  const now = ctx.clock.now();
  const known = await withTenant(ctx, async (tx) => {
    const row = await readLiveSubscription(tx, ctx.tenantId);
    return {
      row,
      next: row && (await nextOffer(tx, row)),
      ended: row ? null : await lastEnded(tx, ctx),
      unpaid: row && row.status !== 'incomplete' ? null : await findUnpaid(tx, ctx),
      ladder: await readPlanLadder(tx, now),
      entitlements: await getEntitlements(tx, ctx),
      trials: await trialSpans(tx, ctx),
      move: await announcedMove(tx, row),
    };
  });
  const { row, ended } = known;
  const begun = row?.status === 'incomplete' ? null : row;
  const payment = row && (await nextPayment(row, known.next));
  const { source, planId, limits, validUntil } = known.entitlements;
  const { own, larger } = seenFrom(known.ladder, planId);
  const left = (days: number) => trialDaysLeft(days, known.trials, now);
  return {
    rights: {
      source,
      plan_id: planId,
      plan_name: own?.name ?? planId,
      larger_plans: larger.map((plan) => plan.planId),
      limits,
      valid_until: validUntil?.toISOString() ?? null,
    },
    subscription: row && toSubscriptionDto(row, now),
    ended: ended && toSubscriptionDto(ended, now),
    ended_at: ended?.endedAt?.toISOString() ?? null,
    kept_discount: ended && (await keptBy(ctx, ended)),
    unpaid: known.unpaid,
    card: row?.card ? cardSchema.parse(row.card) : null,
    next_payment: payment,
    wants_card: row !== null && row.cancelAt === null && wantsCard(row),
    card_replaceable: row !== null && row.card !== null && mayReplaceCard(row),
    change_refused: (begun && gatewayOf(begun).cannot.change_now) ?? null,
    discountable: begun !== null && gatewayOf(begun).discounts !== null,
    plan_move: known.move,
    pausing: begun && gatewayOf(begun).pausing,
    gateways: gatewaysIn(ctx.clock).map(({ name, account, discounts }) => ({
      name,
      account,
      takes_codes: discounts !== null,
    })),
    plans: known.ladder.onSale.map((plan) => ({
      ...toPlanDto(plan),
      trial_left: left(plan.trialDays),
    })),
  };
}
