import { billingCycleSchema, getPlanVersion } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { callStripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { convergeBilling } from './converge-billing';
import { ensureCustomer } from './ensure-customer';
import { findDiscount } from './find-discount';
import { createCardPage, createSalePage, keepCheckout, ownMetadata } from './open-checkout';
import { ensurePrice } from './sync-catalogue';
import type { SubscriptionRow } from './to-dto';

async function waitingRow(ctx: Ctx, id: string): Promise<SubscriptionRow | null> {
  const { tenantId } = ctx;
  return withTenant(ctx, (tx) =>
    tx.subscription.findUnique({ where: { tenantId_id: { tenantId, id } } }),
  );
}

/** Begins the trial at the provider. Without a card at its end the subscription ends with it. */
async function startTrial(
  row: SubscriptionRow,
  sale: {
    customer: string;
    price: string;
    discounts: { promotion_code?: string; coupon?: string }[];
  },
  trialEndsAt: Date,
): Promise<string> {
  const made = await callStripe((stripe) =>
    stripe.subscriptions.create(
      {
        customer: sale.customer,
        items: [{ price: sale.price }],
        trial_end: Math.floor(trialEndsAt.getTime() / 1000),
        trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
        payment_settings: { save_default_payment_method: 'on_subscription' },
        ...(sale.discounts.length > 0 ? { discounts: sale.discounts } : {}),
        metadata: ownMetadata(row),
      },
      { idempotencyKey: `subscription-${row.id}` },
    ),
  );
  return made.id;
}

/**
 * Makes at the provider what a subscription's row asks for: the trial with a page for the card,
 * or the page that sells it. Every call carries a key of the row's id, so whoever finishes what
 * another began (a repeated request, the job after a crash) makes nothing twice.
 */
export async function provisionSubscription(ctx: Ctx, id: string): Promise<void> {
  const row = await waitingRow(ctx, id);
  if (!row || row.status !== 'incomplete' || row.checkoutId) return;
  const plan = await withTenant(ctx, (tx) => getPlanVersion(tx, row.planId, row.planVersion));
  const customer = await ensureCustomer(ctx);
  const price = await ensurePrice(plan, billingCycleSchema.parse(row.billingCycle));
  const discounts = row.coupon ? [await findDiscount(row.coupon)] : [];
  const sale = { customer, price, discounts };
  if (row.trialEndsAt && row.trialEndsAt > ctx.clock.now()) {
    const providerId = await startTrial(row, sale, row.trialEndsAt);
    await convergeBilling(ctx);
    const session = await createCardPage(row, {
      customer,
      providerId,
      currency: plan.currency,
      turn: 'first',
    });
    await keepCheckout(ctx, id, session);
    return;
  }
  const session = await createSalePage(row, sale);
  if (await keepCheckout(ctx, id, session)) await convergeBilling(ctx);
}
