import { callStripe, type Stripe, stripeErrorCode } from '@/lib/infra/stripe';
import { publicId } from '@/lib/kernel/ids';
import { dateOf, secondsOf } from '@/lib/kernel/unix-time';
import type { CheckoutPage, Gateway, Order, OwnIds, ReturnUrls } from '../port';
import { findCard } from './customers';
import { findDiscount, referenceOf } from './discounts';
import { newItems } from './items';

/** What makes an object at the provider recognisable as ours. */
export function ownMetadata({ tenantId, subscriptionId }: OwnIds) {
  return { tenant_id: publicId('tenant', tenantId), subscription_id: subscriptionId };
}

/** A part of a period is charged whole with its discount beside it, so that each can be explained. */
export const BILLING_MODE = {
  type: 'flexible',
  flexible: { proration_discounts: 'itemized' },
} as const;

const urlsOf = ({ successUrl, cancelUrl }: ReturnUrls) => ({
  success_url: successUrl,
  ...(cancelUrl ? { cancel_url: cancelUrl } : {}),
});

const toPage = (session: Stripe.Checkout.Session): CheckoutPage => ({
  id: session.id,
  url: session.url,
  expiresAt: dateOf(session.expires_at),
});

async function saleOf(order: Order) {
  const items = await newItems(order.offer);
  const { coupon } = order;
  const discount = coupon ? (await findDiscount(coupon, order, 'coupon')).discount : order.discount;
  return { items, ...(discount ? { discounts: [referenceOf(discount)] } : {}) };
}

export const openSalePage: Gateway['openSalePage'] = async (order, urls) => {
  const { items, ...discounts } = await saleOf(order);
  const session = await callStripe((stripe) =>
    stripe.checkout.sessions.create(
      {
        mode: 'subscription',
        customer: order.customer,
        line_items: items,
        ...discounts,
        subscription_data: { billing_mode: BILLING_MODE, metadata: ownMetadata(order) },
        metadata: ownMetadata(order),
        ...urlsOf(urls),
      },
      { idempotencyKey: `checkout-${order.subscriptionId}` },
    ),
  );
  return toPage(session);
};

export const openCardPage: Gateway['openCardPage'] = async (page, urls) => {
  const metadata = { ...ownMetadata(page), provider_subscription_id: page.providerId };
  const session = await callStripe((stripe) =>
    stripe.checkout.sessions.create(
      {
        mode: 'setup',
        customer: page.customer,
        currency: page.currency,
        metadata,
        setup_intent_data: { metadata },
        ...urlsOf(urls),
      },
      { idempotencyKey: `card-page-${page.subscriptionId}-${page.turn}` },
    ),
  );
  return toPage(session);
};

export const startTrial: Gateway['startTrial'] = async (order, trialEndsAt) => {
  const { items, ...discounts } = await saleOf(order);
  const made = await callStripe((stripe) =>
    stripe.subscriptions.create(
      {
        customer: order.customer,
        items,
        billing_mode: BILLING_MODE,
        trial_end: secondsOf(trialEndsAt),
        trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
        payment_settings: { save_default_payment_method: 'on_subscription' },
        ...discounts,
        metadata: ownMetadata(order),
      },
      { idempotencyKey: `subscription-${order.subscriptionId}` },
    ),
  );
  return { providerId: made.id };
};

export const startWithCard: Gateway['startWithCard'] = async (order) => {
  const card = await findCard(order.customer, order.now);
  if (!card) return false;
  const { items, ...discounts } = await saleOf(order);
  await callStripe((stripe) =>
    stripe.subscriptions.create(
      {
        customer: order.customer,
        items,
        billing_mode: BILLING_MODE,
        default_payment_method: card,
        payment_behavior: 'error_if_incomplete',
        payment_settings: { save_default_payment_method: 'on_subscription' },
        ...discounts,
        metadata: ownMetadata(order),
      },
      { idempotencyKey: `subscription-${order.subscriptionId}` },
    ),
  );
  return true;
};

export const closeCheckout: Gateway['closeCheckout'] = async (checkoutId) => {
  const session = await callStripe((stripe) => stripe.checkout.sessions.retrieve(checkoutId));
  if (session.status !== 'open') return session.status === 'expired';
  try {
    await callStripe((stripe) => stripe.checkout.sessions.expire(checkoutId));
    return true;
  } catch (error) {
    // Completed, or expired, in the moment between the two calls.
    const again = await callStripe((stripe) => stripe.checkout.sessions.retrieve(checkoutId));
    if (again.status === 'open') throw error;
    return again.status === 'expired';
  }
};

export const discard: Gateway['discard'] = async (providerId) => {
  try {
    await callStripe((stripe) =>
      stripe.subscriptions.cancel(providerId, { prorate: true, invoice_now: true }),
    );
  } catch (error) {
    if (stripeErrorCode(error) !== 'resource_missing') throw error;
  }
};
