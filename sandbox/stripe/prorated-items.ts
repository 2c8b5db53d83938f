import type { Api } from '@/sandbox/stripe/api';
import { billedFor } from '@/sandbox/stripe/billed-lines';
import { percentOff, runningDiscounts } from '@/sandbox/stripe/discounts';
import { createItem, describeProration } from '@/sandbox/stripe/invoice-lines';
import { priceAmount } from '@/sandbox/stripe/pricing';
import { share } from '@/sandbox/stripe/rounding';
import type { Subscription, SubscriptionItem } from '@/sandbox/stripe/wire';

const licensed = (item: SubscriptionItem) => item.price.recurring?.usage_type !== 'metered';
const within = (at: number, start: number, end: number) => Math.min(end, Math.max(start, at));

/**
 * Gives back, as pending invoice items, what was billed for the items' time after `at` (unix seconds): one credit
 * for each line that billed it. Returns how many were made; a credit of 0 makes none.
 */
export function creditUnused(
  api: Api,
  sub: Subscription,
  items: SubscriptionItem[],
  at: number,
): number {
  let made = 0;
  for (const item of items.filter(licensed)) {
    const quantity = item.quantity ?? 1;
    for (const { net, start, end, where } of billedFor(api, sub, item)) {
      const from = within(at, start, end);
      const amount = share(net, end - from, end - start);
      if (amount === 0) continue;
      made += 1;
      createItem(api, {
        customer: sub.customer,
        amount: 0 - amount,
        currency: sub.currency,
        description: describeProration(api, item.price, quantity, at, true),
        period: { start: from, end },
        price: item.price,
        quantity,
        discountable: false,
        proration: { subscription: sub.id, subscriptionItem: item.id, credited: where },
      });
    }
  }
  return made;
}

/**
 * Charges the items' prices for the rest of their period as pending invoice items. Subscriptions that itemise get the whole amount
 * with its discount beside it when it is invoiced; otherwise the amount has the percentages taken off already.
 */
export function chargeRemaining(
  api: Api,
  sub: Subscription,
  items: SubscriptionItem[],
  at: number,
): number {
  const charged = items.filter(licensed);
  const itemised = sub.billing_mode.flexible?.proration_discounts === 'itemized';
  const running = runningDiscounts(api, sub.discounts, api.now(sub.test_clock));
  for (const item of charged) {
    const { current_period_start: start, current_period_end: end } = item;
    const quantity = item.quantity ?? 1;
    const from = within(at, start, end);
    const whole = share(priceAmount(api, item.price, quantity), end - from, end - start);
    createItem(api, {
      customer: sub.customer,
      amount: itemised
        ? whole
        : whole - percentOff(api, running, { amount: whole, product: item.price.product }),
      currency: sub.currency,
      description: describeProration(api, item.price, quantity, at, false),
      period: { start: from, end },
      price: item.price,
      quantity,
      discountable: itemised,
      proration: { subscription: sub.id, subscriptionItem: item.id, credited: null },
    });
  }
  return charged.length;
}
