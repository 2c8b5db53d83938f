import { env } from '@/lib/infra/env';
import type { CheckoutStatus } from '../../provider-state';
import type { CheckoutPage, Gateway } from '../port';
import { createSubscription, find, type Live, move } from './calls';
import { sellBy } from './catalogue';
import { writeReference } from './reference';

/** So long PayPal keeps a consent that nobody gave. */
const OPEN_MS = 3 * 3_600_000;

const closesAt = ({ create_time }: Live) => new Date(create_time.getTime() + OPEN_MS);

const toPage = (live: Live): CheckoutPage => ({
  id: live.id,
  url: live.links.find(({ rel }) => rel === 'approve')?.href ?? null,
  expiresAt: closesAt(live),
});

/**
 * The page where the payer agrees. CONTINUE: nothing is charged by it until we activate, so that a page which
 * was given up meanwhile can be left alone. A trial is a start in the future.
 */
export const openSalePage: Gateway['openSalePage'] = async (order, urls, trialEndsAt) => {
  const made = await sellBy(order.offer, (plan_id) =>
    createSubscription(
      {
        plan_id,
        custom_id: writeReference(order, trialEndsAt !== null),
        ...(trialEndsAt ? { start_time: trialEndsAt.toISOString() } : {}),
        application_context: {
          brand_name: env().seller.name,
          shipping_preference: 'NO_SHIPPING',
          user_action: 'CONTINUE',
          return_url: urls.successUrl,
          ...(urls.cancelUrl ? { cancel_url: urls.cancelUrl } : {}),
        },
      },
      `subscription-${order.subscriptionId}-${plan_id}`,
    ),
  );
  return toPage(made);
};

/** Where the payer did their part, whatever we make of it. */
const AGREED = new Set(['APPROVED', 'ACTIVE', 'SUSPENDED']);

/**
 * A page that nobody answered can't be closed at PayPal. It is given up by its row, without which no consent is
 * taken up.
 */
export const closeCheckout: Gateway['closeCheckout'] = async (checkoutId) => {
  const live = await find(checkoutId);
  return !AGREED.has(live?.status ?? '');
};

/**
 * What became of a page at `now`, and the subscription behind it; null when PayPal doesn't know it. A consent is taken up
 * once the row that waits for it has its id (`taken`), and only said before: a row that is given up in the same moment
 * must not be paid for.
 */
export async function settleCheckout(
  checkoutId: string,
  { taken, now }: { taken: boolean; now: Date },
): Promise<{ status: CheckoutStatus; live: Live | null }> {
  const live = await find(checkoutId);
  if (!live) return { status: 'expired', live };
  if (live.status === 'APPROVAL_PENDING') {
    return { status: closesAt(live) <= now ? 'expired' : 'open', live };
  }
  if (live.status !== 'APPROVED') return { status: 'complete', live };
  if (!taken) return { status: 'agreed', live };
  await move(live, 'activate', 'Agreed by the payer');
  return { status: 'complete', live: await find(checkoutId) };
}
