import { withTenant } from '@/lib/infra/db';
import { callStripe, type Stripe } from '@/lib/infra/stripe';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { expireCheckout, lockBilling } from './converge-billing';
import type { SubscriptionRow } from './to-dto';

/** What makes an object at the provider recognisable as ours. */
export function ownMetadata(row: Pick<SubscriptionRow, 'tenantId' | 'id'>) {
  return { tenant_id: publicId('tenant', row.tenantId), subscription_id: row.id };
}

function urlsOf(row: SubscriptionRow) {
  return {
    success_url: row.successUrl ?? '',
    ...(row.cancelUrl ? { cancel_url: row.cancelUrl } : {}),
  };
}

type Session = Stripe.Checkout.Session;

/** The hosted page that sells the subscription: nothing exists until it is paid. */
export function createSalePage(
  row: SubscriptionRow,
  sale: {
    customer: string;
    price: string;
    discounts: { promotion_code?: string; coupon?: string }[];
  },
): Promise<Session> {
  return callStripe((stripe) =>
    stripe.checkout.sessions.create(
      {
        mode: 'subscription',
        customer: sale.customer,
        line_items: [{ price: sale.price, quantity: 1 }],
        ...(sale.discounts.length > 0 ? { discounts: sale.discounts } : {}),
        subscription_data: { metadata: ownMetadata(row) },
        metadata: ownMetadata(row),
        ...urlsOf(row),
      },
      { idempotencyKey: `checkout-${row.id}` },
    ),
  );
}

/**
 * The hosted page that takes a card for later, while a trial runs. `turn` tells one page of the
 * same subscription from the next, for each lives a day.
 */
export function createCardPage(
  row: SubscriptionRow,
  page: { customer: string; providerId: string; currency: string; turn: string },
): Promise<Session> {
  const metadata = { ...ownMetadata(row), provider_subscription_id: page.providerId };
  return callStripe((stripe) =>
    stripe.checkout.sessions.create(
      {
        mode: 'setup',
        customer: page.customer,
        currency: page.currency,
        metadata,
        setup_intent_data: { metadata },
        ...urlsOf(row),
      },
      { idempotencyKey: `card-page-${row.id}-${page.turn}` },
    ),
  );
}

/**
 * Keeps the page's address with the subscription. When the subscription was given up while the
 * page was being made, the page is closed again: nobody may pay for what was given up.
 */
export async function keepCheckout(ctx: Ctx, id: string, session: Session): Promise<boolean> {
  const { tenantId } = ctx;
  const kept = await withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const { count } = await tx.subscription.updateMany({
      where: { tenantId, id, status: { in: ['incomplete', 'trialing'] } },
      data: {
        checkoutId: session.id,
        checkoutUrl: session.url,
        checkoutExpiresAt: new Date(session.expires_at * 1000),
        updatedAt: ctx.clock.now(),
      },
    });
    return count > 0;
  });
  if (!kept) await expireCheckout(session.id);
  return kept;
}
