import { getEntitlements, listPlanVersions } from '@/lib/domains/entitlements';
import { type Tx, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { callStripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { type Money, money } from '@/lib/kernel/money';
import { getSubscription } from './get-subscription';
import { fromSeconds } from './invoice-lines';
import { mayReadBilling } from './policy';
import { type BillingNotice, type BillingOverview, cardSchema } from './schemas';
import { type SubscriptionRow, toPlanDto } from './to-dto';
import { trialDaysLeft } from './trial-days';
import { trialSpans } from './trial-spans';

/** What is charged next and when, asked of the provider, since discounts and credit count too. */
async function nextPayment(row: SubscriptionRow): Promise<{ at: string; total: Money } | null> {
  const renews = ['trialing', 'active', 'past_due'].includes(row.status) && row.cancelAt === null;
  const { providerId } = row;
  if (!renews || !providerId) return null;
  try {
    const invoice = await callStripe((stripe) =>
      stripe.invoices.createPreview({ subscription: providerId }),
    );
    const at = row.currentPeriodEnd ?? fromSeconds(invoice.created);
    return { at: at.toISOString(), total: money(invoice.amount_due, invoice.currency) };
  } catch (error) {
    log().warn({ err: error, subscription: row.id }, 'no preview of the next invoice');
    return null;
  }
}

/** The subscription that isn't over, or null. */
function liveRow(tx: Tx, { tenantId }: Ctx): Promise<SubscriptionRow | null> {
  return tx.subscription.findFirst({ where: { tenantId, status: { not: 'cancelled' } } });
}

/** Everything the billing page begins with: what the tenant has, what it pays next, what it could have. */
export async function getOverview(ctx: Ctx): Promise<BillingOverview> {
  mayReadBilling(ctx);
  const now = ctx.clock.now();
  const known = await withTenant(ctx, async (tx) => ({
    row: await liveRow(tx, ctx),
    plans: await listPlanVersions(tx, now),
    entitlements: await getEntitlements(tx, ctx),
    trials: await trialSpans(tx, ctx),
  }));
  const { row } = known;
  // Both may ask the provider; neither needs the other's answer.
  const [subscription, payment] = row
    ? await Promise.all([getSubscription(ctx, publicId('subscription', row.id)), nextPayment(row)])
    : [null, null];
  const { source, planId, limits, validUntil } = known.entitlements;
  const left = (days: number) => trialDaysLeft(days, known.trials, now);
  return {
    rights: { source, plan_id: planId, limits, valid_until: validUntil?.toISOString() ?? null },
    subscription,
    card: row?.card ? cardSchema.parse(row.card) : null,
    next_payment: payment,
    plans: known.plans.map((plan) => ({ ...toPlanDto(plan), trial_left: left(plan.trialDays) })),
  };
}

/** The one thing about billing that somebody should know on every page; null when all is well. */
export async function getBillingNotice(ctx: Ctx): Promise<BillingNotice | null> {
  const { row, entitlements } = await withTenant(ctx, async (tx) => ({
    row: await liveRow(tx, ctx),
    entitlements: await getEntitlements(tx, ctx),
  }));
  const ends = (date: Date | null) => date?.toISOString() ?? null;
  switch (row?.status) {
    case 'past_due':
    case 'unpaid':
      return { kind: row.status, ends_at: null };
    case 'trialing':
      return row.card === null || row.cancelAt
        ? { kind: 'subscription_trial', ends_at: ends(row.trialEndsAt) }
        : null;
    case 'active':
      return row.cancelAt ? { kind: 'ending', ends_at: ends(row.cancelAt) } : null;
    default:
  }
  if (entitlements.source === 'trial') {
    return { kind: 'trial', ends_at: ends(entitlements.validUntil) };
  }
  if (entitlements.source !== 'none') return null;
  return { kind: entitlements.validUntil ? 'trial_over' : 'ended', ends_at: null };
}
