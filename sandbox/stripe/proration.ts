import { invalid, missing } from '@/sandbox/http/errors';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { percentLeft } from '@/sandbox/stripe/discounts';
import { createItem, describeProration } from '@/sandbox/stripe/invoice-lines';
import { type ChangeOptions, invoiceNow } from '@/sandbox/stripe/invoice-now';
import { addInterval } from '@/sandbox/stripe/periods';
import { planOf, priceAmount } from '@/sandbox/stripe/pricing';
import { itemList, newItem, recurringPrice } from '@/sandbox/stripe/subscription-build';
import type { InvoiceLine, Subscription, SubscriptionItem } from '@/sandbox/stripe/wire';

export type ItemChange = {
  id?: string;
  price?: string;
  quantity?: number;
  deleted?: boolean;
  metadata?: Record<string, string>;
};

function changedItems(
  api: Api,
  sub: Subscription,
  changes: ItemChange[],
  now: number,
): SubscriptionItem[] {
  let items = sub.items.data;
  changes.forEach((change, index) => {
    const price = change.price
      ? recurringPrice(api, change.price, `items[${index}][price]`)
      : undefined;
    if (!change.id) {
      if (!price)
        throw invalid(
          `Missing required param: items[${index}][price].`,
          `items[${index}][price]`,
          'parameter_missing',
        );
      if (items.some((item) => item.price.id === price.id))
        throw invalid(
          `Cannot add multiple subscription items with the same price: ${price.id}`,
          `items[${index}][price]`,
        );
      items = [
        ...items,
        newItem(
          sub.id,
          price,
          now,
          sub.items.data[0]?.current_period_end ?? now,
          change.quantity,
          change.metadata,
        ),
      ];
      return;
    }
    const item = items.find((each) => each.id === change.id);
    if (!item) throw missing('subscription item', change.id, `items[${index}][id]`);
    const after: SubscriptionItem = {
      ...item,
      ...(price ? { price, plan: planOf(price) } : {}),
      ...(change.quantity === undefined ? {} : { quantity: change.quantity }),
      metadata: mergeMetadata(item.metadata, change.metadata),
    };
    items = change.deleted
      ? items.filter((each) => each !== item)
      : items.map((each) => (each === item ? after : each));
  });
  if (items.length === 0)
    throw invalid(
      'A subscription must have at least one active item. To cancel the subscription, call the cancel endpoint.',
      'items',
    );
  return items;
}

const sameShape = (a: SubscriptionItem, b: SubscriptionItem | undefined) =>
  b !== undefined && a.price.id === b.price.id && a.quantity === b.quantity;

/** The invoice and line that billed an item last. */
function billedOn(
  api: Api,
  sub: string,
  item: string,
): { invoice: string; invoice_line_items: string[] } | null {
  const bills = (line: InvoiceLine) =>
    line.amount > 0 && line.parent?.subscription_item_details?.subscription_item === item;
  const invoice = api.store
    .all('invoice')
    .findLast(
      (each) =>
        each.parent?.subscription_details?.subscription === sub && each.lines.data.some(bills),
    );
  return invoice
    ? {
        invoice: invoice.id,
        invoice_line_items: invoice.lines.data.filter(bills).map((line) => line.id),
      }
    : null;
}

/** Credits (for unused time of `items`) or charges (for remaining time) as pending invoice items, to the second. */
export function prorate(
  api: Api,
  sub: Subscription,
  items: SubscriptionItem[],
  at: number,
  credit: boolean,
): void {
  for (const item of items) {
    if (item.price.recurring?.usage_type === 'metered') continue;
    const { current_period_start: start, current_period_end: end } = item;
    const quantity = item.quantity ?? 1;
    const share = Math.min(1, Math.max(0, (end - at) / (end - start)));
    const amount = Math.round(
      priceAmount(api, item.price, quantity) * share * percentLeft(api, sub.discounts),
    );
    createItem(api, {
      customer: sub.customer,
      amount: credit ? 0 - amount : amount,
      currency: sub.currency,
      description: describeProration(api, item.price, quantity, at, credit),
      period: { start: at, end },
      price: item.price,
      quantity,
      proration: {
        subscription: sub.id,
        subscriptionItem: item.id,
        credited: credit ? billedOn(api, sub.id, item.id) : null,
      },
    });
  }
}

/** Which items are there after the change, where their period lies, and whether a new one begins today. */
type Plan = {
  before: SubscriptionItem[];
  after: SubscriptionItem[];
  resets: boolean;
  end: number | undefined;
};

const interval = (items: SubscriptionItem[]) =>
  `${items[0]?.price.recurring?.interval}${items[0]?.price.recurring?.interval_count}`;

function planChange(api: Api, sub: Subscription, changes: ItemChange[], anchorNow: boolean): Plan {
  const now = api.now(sub.test_clock);
  const before = sub.items.data;
  const items = changedItems(api, sub, changes, now);
  if (items.some((item) => interval([item]) !== interval(items)))
    throw invalid(
      'All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count`.',
      'items',
    );
  const resets = sub.status !== 'trialing' && (interval(before) !== interval(items) || anchorNow);
  const recurring = items[0]?.price.recurring;
  if (!resets || !recurring) {
    // A new item shares the running period of the others.
    const start = before[0]?.current_period_start ?? now;
    const joined = items.map((item) =>
      before.some((each) => each.id === item.id) ? item : { ...item, current_period_start: start },
    );
    return { before, after: joined, resets: false, end: undefined };
  }
  const end = addInterval(now, recurring.interval, recurring.interval_count);
  return {
    before,
    after: items.map((item) => ({ ...item, current_period_start: now, current_period_end: end })),
    resets,
    end,
  };
}

/** Changes prices and quantities, with prorations and, where due, an invoice at once. */
export function changeItems(
  api: Api,
  id: string,
  changes: ItemChange[],
  options: ChangeOptions,
): Subscription {
  const sub = api.store.get('subscription', id);
  const now = api.now(sub.test_clock);
  const behavior = options.behavior ?? 'create_prorations';
  const { before, after, resets, end } = planChange(api, sub, changes, options.anchorNow ?? false);
  const differs = (item: SubscriptionItem, others: SubscriptionItem[]) =>
    resets ||
    !sameShape(
      item,
      others.find((each) => each.id === item.id),
    );
  const trialing = sub.status === 'trialing';
  if (!trialing && behavior !== 'none') {
    const at = options.date ?? now;
    prorate(
      api,
      sub,
      before.filter((item) => differs(item, after)),
      at,
      true,
    );
    prorate(
      api,
      sub,
      after.filter((item) => differs(item, before)),
      resets ? now : at,
      false,
    );
  }
  api.update('subscription', id, {
    items: itemList(id, after),
    ...(resets ? { billing_cycle_anchor: now } : {}),
    ...(sub.cancel_at_period_end && end ? { cancel_at: end } : {}),
  });
  if (!trialing && (resets || behavior === 'always_invoice'))
    invoiceNow(api, id, options, resets && behavior === 'none');
  return api.store.get('subscription', id);
}
