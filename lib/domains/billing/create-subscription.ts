import { findCurrentPlan, type PlanVersion } from '@/lib/domains/entitlements';
import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict, forbidden, invalidField } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import { lockBilling } from './converge-billing';
import { redeemCode } from './discount/redeem-code';
import { type Code, type Discount, sameDiscount } from './discount/schemas';
import { tryCode } from './discount/try-code';
import { findCustomer } from './ensure-customer';
import { DEFAULT_GATEWAY, gatewaysIn } from './gateways/find-gateway';
import type { Gateway, Offer } from './gateways/port';
import { insertSubscription } from './insert-subscription';
import { mayChangeBilling } from './policy';
import { provisionOrGiveUp } from './provision-or-give-up';
import { readLiveSubscription, readSubscriptions } from './read-subscriptions';
import { giveUpWaiting, settleWaiting } from './settle-waiting';
import { returnUrls } from './return-urls';
import type { CreateSubscriptionInput, SubscriptionDto } from './schemas';
import { type SubscriptionRow, toSubscriptionDto } from './to-dto';
import { trialDaysLeft, trialEnd } from './trial-days';
import { trialSpans } from './trial-spans';
import { requireNothingOwed, requirePaidUp } from './unpaid-invoice';
import { wishOf } from './wish';

/** What comes along from before: whether the card on file is charged, when there is one that is good, and a discount. */
type Payment = { cardOnFile: boolean; discount: Discount | null };

/** What was asked for, with everything checked that can be checked without the provider. */
type Asked = {
  gateway: Gateway;
  plan: PlanVersion;
  billingCycle: string;
  trialEndsAt: Date | null;
  coupon: string | null;
  /** What the coupon stands for. */
  code: Code | null;
  discount: Discount | null;
  cardOnFile: boolean;
  successUrl: string;
  cancelUrl: string;
};

const subscriptionExists = (row: SubscriptionRow) =>
  conflict(
    'subscription_exists',
    row.status === 'incomplete'
      ? 'Another checkout was opened in the same moment, and is the one that can be paid. Nothing was charged. Ask again to replace it.'
      : 'This organisation already has a subscription. Change its plan instead of starting another.',
    { subscription_id: publicId('subscription', row.id) },
  );

async function trialDays(
  tx: Tx,
  ctx: Ctx,
  plan: PlanVersion,
  asked: number | undefined,
): Promise<number> {
  const trials = await trialSpans(tx, ctx);
  const left = trialDaysLeft(plan.trialDays, trials, ctx.clock.now());
  if (asked === undefined) return left;
  if (asked <= left) return asked;
  throw invalidField(
    'trial_days',
    'trial_too_long',
    left === 0
      ? `The trial of ${plan.name} is used up. Send 0 to pay from today.`
      : `${plan.name} has ${left} trial days left for this organisation.`,
  );
}

async function readAsked(
  ctx: Ctx,
  input: CreateSubscriptionInput,
  { cardOnFile, discount }: Payment,
): Promise<Asked> {
  const now = ctx.clock.now();
  const wish = await withTenant(ctx, async (tx) => {
    const plan = await findCurrentPlan(tx, input.plan_id, now);
    if (!plan) throw invalidField('plan_id', 'unknown_plan', 'This plan is not on sale.');
    if (plan.prices[input.billing_cycle] === null) {
      throw invalidField(
        'plan_id',
        'quote_required',
        `${plan.name} is priced by quote. Ask us for one; nothing was changed.`,
      );
    }
    const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: ctx.tenantId } });
    const urls = returnUrls(tenant.slug, input);
    const days = await trialDays(tx, ctx, plan, input.trial_days);
    return { plan, urls, days };
  });
  const name = input.gateway ?? DEFAULT_GATEWAY;
  const gateway = gatewaysIn(ctx.clock).find((each) => each.name === name);
  if (!gateway) {
    throw invalidField(
      'gateway',
      'gateway_unavailable',
      'That way to pay isn’t offered here. Leave the gateway out to pay by card.',
    );
  }
  const offer = { plan: wish.plan, cycle: input.billing_cycle };
  return {
    gateway,
    cardOnFile,
    discount,
    code: input.coupon ? await readCode(ctx, gateway, input.coupon, offer) : null,
    plan: wish.plan,
    billingCycle: input.billing_cycle,
    trialEndsAt: wish.days > 0 ? trialEnd(now, wish.days) : null,
    coupon: input.coupon ?? null,
    ...wish.urls,
  };
}

async function readCode(ctx: Ctx, gateway: Gateway, typed: string, offer: Offer): Promise<Code> {
  const customer = await findCustomer(ctx, gateway.name);
  const sale = { customer, offer, now: ctx.clock.now() };
  return tryCode(ctx, () => gateway.findCoupon(typed, sale));
}

/** Whether the checkout that is open sells just what is asked for now. */
function sameWish(row: SubscriptionRow, wish: Asked): boolean {
  return (
    row.planId === wish.plan.planId &&
    row.planVersion === wish.plan.version &&
    row.billingCycle === wish.billingCycle &&
    row.coupon === wish.coupon &&
    sameDiscount(wishOf(row).discount, wish.discount) &&
    row.gateway === wish.gateway.name &&
    row.successUrl === wish.successUrl &&
    row.cancelUrl === wish.cancelUrl &&
    (row.trialEndsAt === null) === (wish.trialEndsAt === null)
  );
}

/** Writes the wish down before anything is asked of the provider. One live row a tenant. */
async function insertRow(
  ctx: Ctx,
  { code, ...wish }: Asked,
  replaces: string | null,
): Promise<string> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    if (replaces) await giveUpWaiting(tx, ctx, replaces, 'superseded');
    const live = await readLiveSubscription(tx, tenantId);
    if (live) throw subscriptionExists(live);
    await requireNothingOwed(tx, ctx);
    const row = await insertSubscription(tx, ctx, { ...wish, gateway: wish.gateway.name });
    if (code) await redeemCode(tx, ctx, row, code, 'coupon');
    return row.id;
  });
}

async function answer(ctx: Ctx, id: string): Promise<SubscriptionDto> {
  const { tenantId } = ctx;
  const row = await withTenant(ctx, (tx) =>
    tx.subscription.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } } }),
  );
  return toSubscriptionDto(row, ctx.clock.now());
}

/**
 * Starts a subscription. With trial days it is `trialing` at once and `checkout_url` takes the
 * card for later; without, it is `incomplete` until `checkout_url` is paid. By PayPal, a trial too is
 * `incomplete` until its payer agreed on `checkout_url`.
 *
 * A checkout that was left open doesn't stand in the way: asked for the same again, it is given
 * again; asked for something else, it is closed and replaced, so that only the latest can be paid.
 *
 * Throws 422 `quote_required`, `trial_too_long`, `coupon_invalid` and the like, `coupon_redeemed`, `url_not_allowed`; 409
 * `subscription_exists`, `invoice_unpaid`; 503 `payment_provider_unavailable` (a job then goes on with it).
 */
export async function createSubscription(
  ctx: Ctx,
  input: CreateSubscriptionInput,
  payment: Payment = { cardOnFile: false, discount: null },
): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const wish = await readAsked(ctx, input, payment);
  const existing = await withTenant(ctx, (tx) => readSubscriptions(tx, ctx.tenantId));
  if (ctx.actor.kind === 'setup' && existing.some((row) => row.status === 'cancelled')) {
    throw forbidden('A set-up token can only create the first subscription. Sign in to go on.');
  }
  const live = existing.find((row) => row.status !== 'cancelled');
  if (live && live.status !== 'incomplete') throw subscriptionExists(live);
  await requirePaidUp(ctx);
  if (live) {
    const settled = await settleWaiting(ctx, live, (row) => sameWish(row, wish));
    if (settled.outcome === 'same') return answer(ctx, live.id);
    if (settled.outcome === 'live') throw subscriptionExists(live);
  }
  const id = await insertRow(ctx, wish, live?.id ?? null);
  await provisionOrGiveUp(ctx, id);
  return answer(ctx, id);
}
