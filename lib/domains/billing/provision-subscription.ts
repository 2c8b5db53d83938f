import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { convergeBilling } from './converge-billing';
import { ensureCustomer } from './ensure-customer';
import { gatewayOf } from './gateways/find-gateway';
import type { Gateway, Order } from './gateways/port';
import { keepCheckout } from './keep-checkout';
import { readOffer } from './read-offer';
import type { SubscriptionRow } from './to-dto';
import { termsOf, wishOf } from './wish';

async function waitingRow(ctx: Ctx, id: string): Promise<SubscriptionRow | null> {
  const { tenantId } = ctx;
  return withTenant(ctx, (tx) =>
    tx.subscription.findUnique({ where: { tenantId_id: { tenantId, id } } }),
  );
}

/** Whether something is still to be made for it; a trial that began may lack the page for its card. */
function isUnfinished({ status, checkoutId, card }: SubscriptionRow): boolean {
  if (checkoutId) return false;
  return status === 'incomplete' || (status === 'trialing' && card === null);
}

/** Where the hosted pages lead back to. */
export const urlsOf = (row: SubscriptionRow) => ({
  successUrl: row.successUrl ?? '',
  cancelUrl: row.cancelUrl,
});

/** False where a trial begins on the page that sells. */
async function provisionTrial(
  ctx: Ctx,
  gateway: Gateway,
  row: SubscriptionRow,
  order: Order,
  trialEndsAt: Date,
): Promise<boolean> {
  const begun = row.providerId
    ? { providerId: row.providerId }
    : await gateway.startTrial(order, trialEndsAt);
  if (!begun) return false;
  await convergeBilling(ctx);
  const { providerId } = begun;
  const { currency } = order.offer.plan;
  const page = await gateway.openCardPage(
    { ...order, providerId, currency, turn: 'first' },
    urlsOf(row),
  );
  await keepCheckout(ctx, gateway, row.id, page);
  return true;
}

/**
 * Makes at the provider what a subscription's row asks for: what was quoted by invoice, the trial with a page for the
 * card, the subscription itself with the card on file, or the page that sells it. Every call carries a key
 * of the row's id, so whoever finishes what another began (a repeated request, the job after a crash)
 * makes nothing twice.
 */
export async function provisionSubscription(ctx: Ctx, id: string): Promise<void> {
  const row = await waitingRow(ctx, id);
  if (!row || !isUnfinished(row)) return;
  const gateway = gatewayOf(row);
  const order: Order = {
    tenantId: ctx.tenantId,
    subscriptionId: id,
    customer: await ensureCustomer(ctx, gateway),
    offer: await withTenant(ctx, (tx) => readOffer(tx, termsOf(row))),
    coupon: row.coupon,
    discount: wishOf(row).discount,
    now: ctx.clock.now(),
  };
  if (order.offer.plan.quoted) {
    if (!gateway.startByInvoice) throw new RangeError(`${gateway.name} sends no invoices`);
    await gateway.startByInvoice(order);
    await convergeBilling(ctx);
    return;
  }
  const ends = row.trialEndsAt;
  const trialEndsAt = ends && ends > ctx.clock.now() ? ends : null;
  if (trialEndsAt && (await provisionTrial(ctx, gateway, row, order, trialEndsAt))) return;
  if (row.cardOnFile && (await gateway.startWithCard(order))) {
    await convergeBilling(ctx);
    return;
  }
  const page = await gateway.openSalePage(order, urlsOf(row), trialEndsAt);
  if (await keepCheckout(ctx, gateway, id, page)) await convergeBilling(ctx);
}
