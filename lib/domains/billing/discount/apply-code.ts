import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict, invalidField } from '@/lib/kernel/errors';
import { findCustomer } from '../ensure-customer';
import { findOwnSubscription, requireRunning } from '../find-subscription';
import { gatewayOf } from '../gateways/find-gateway';
import type { Discounts } from '../gateways/port';
import { getSubscription } from '../get-subscription';
import { requireCommand } from '../lifecycle';
import { nextOffer } from '../next-offer';
import { mayChangeBilling, mayReadBilling } from '../policy';
import { toNextInvoice } from '../preview-terms';
import { readOffer } from '../read-offer';
import { type SubscriptionDto, subscriptionStatusSchema } from '../schemas';
import type { SubscriptionRow } from '../to-dto';
import { askOf, fulfilWish, type Request, wishToChange, writeWish } from '../write-wish';
import { describeDiscount } from './describe-discount';
import { redeemCode, requireUnredeemed } from './redeem-code';
import { type Code, type DiscountCodeInput, type DiscountPreview, sameDiscount } from './schemas';
import { toDiscountDto } from './to-discount-dto';
import { tryCode } from './try-code';

/** Whoever collects for a subscription, where they can discount what runs. Throws 409 by the state machine, `discount_not_offered`. */
export function requireDiscounts(row: SubscriptionRow): Discounts {
  requireCommand(subscriptionStatusSchema.parse(row.status), 'set_discount');
  requireRunning(row);
  const { discounts } = gatewayOf(row);
  if (discounts) return discounts;
  throw conflict(
    'discount_not_offered',
    'A subscription that is paid this way can’t be discounted once it runs. Nothing was changed.',
  );
}

/** What a code gives this subscription; it has to be for the plan of the next invoice, which may be one that waits. */
async function readCode(ctx: Ctx, row: SubscriptionRow, typed: string): Promise<Code> {
  const discounts = requireDiscounts(row);
  const { terms, next } = wishToChange(row);
  const offer = await withTenant(ctx, (tx) => readOffer(tx, next ?? terms));
  const customer = await findCustomer(ctx, row.gateway);
  const sale = { customer, offer, now: ctx.clock.now() };
  const code = await tryCode(ctx, () => discounts.find(typed, sale, 'code'));
  if (sameDiscount(code.discount, wishToChange(row).discount)) {
    throw invalidField('code', 'discount_running', `“${typed}” is what you have already.`);
  }
  await withTenant(ctx, (tx) => requireUnredeemed(tx, ctx, row.gateway, code, 'code'));
  return code;
}

/**
 * Gives a running subscription the discount of a code, in place of the one it has. What was charged stays as it is; the
 * next invoice is the first that counts it. Throws 422 `coupon_invalid`, `coupon_expired`, `coupon_used_up`,
 * `coupon_wrong_currency`, `coupon_not_for_plan`, `discount_running`, `coupon_redeemed`; 429 `rate_limited`; 409 by the state machine, `discount_not_offered`,
 * `subscription_changed`, `subscription_changing`, `provider_refused`.
 */
export async function applyDiscountCode(
  ctx: Ctx,
  id: string,
  { code }: DiscountCodeInput,
): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const asked = await readCode(ctx, row, code);
  const { discount } = asked;
  const before = wishToChange(row);
  const request: Request = {
    command: 'set_discount',
    wish: { ...before, discount },
    audit: {
      action: 'subscription.discount_applied',
      before: { discount: describeDiscount(before.discount) },
      after: { discount: describeDiscount(discount) },
    },
  };
  await withTenant(ctx, async (tx) => {
    await writeWish(tx, ctx, row, request);
    await redeemCode(tx, ctx, row, asked, 'code');
  });
  await fulfilWish(ctx, row.id);
  return getSubscription(ctx, id);
}

/**
 * Takes the discount away; what was charged with it stays. `reason`, where somebody gave one, stands in the log.
 * Throws 409 `no_discount` and by the state machine.
 */
export async function removeDiscount(
  ctx: Ctx,
  id: string,
  reason?: string,
): Promise<SubscriptionDto> {
  mayChangeBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  requireDiscounts(row);
  const before = wishToChange(row);
  if (!before.discount) {
    throw conflict('no_discount', 'This subscription has no discount, so none is to be removed.');
  }
  await askOf(ctx, row, {
    command: 'set_discount',
    wish: { ...before, discount: null },
    audit: {
      action: 'subscription.discount_removed',
      before: { discount: describeDiscount(before.discount) },
      after: { discount: null, ...(reason ? { reason } : {}) },
    },
  });
  return getSubscription(ctx, id);
}

/** What a code would give, and what the next invoice would collect with it. Changes nothing; throws as applying does. */
export async function previewDiscountCode(
  ctx: Ctx,
  id: string,
  { code }: DiscountCodeInput,
): Promise<DiscountPreview> {
  mayReadBilling(ctx);
  const row = await findOwnSubscription(ctx, id);
  const { discount } = await readCode(ctx, row, code);
  const standing = { providerId: requireRunning(row), trialing: row.status === 'trialing' };
  const offer = await withTenant(ctx, (tx) => nextOffer(tx, row));
  const next = await gatewayOf(row).previewRenewal(standing, offer, { discount });
  return {
    discount: toDiscountDto(discount, null),
    next_invoice: next && toNextInvoice(row, next),
  };
}
