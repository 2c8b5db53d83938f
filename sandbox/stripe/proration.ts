import { invalid, missing } from '@/sandbox/http/errors';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import {
  type ChangeOptions,
  invoiceNow,
  usedLines,
  wholePeriod,
} from '@/sandbox/stripe/invoice-now';
import { addInterval } from '@/sandbox/stripe/periods';
import { planOf } from '@/sandbox/stripe/pricing';
import { chargeRemaining, creditUnused } from '@/sandbox/stripe/prorated-items';
import { itemList, newItem, recurringPrice } from '@/sandbox/stripe/subscription-build';
import type { Subscription, SubscriptionItem } from '@/sandbox/stripe/wire';

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
    if (price && price.currency !== sub.currency)
      throw invalid(
        `The price specified supports currencies of \`${price.currency}\`. This doesn't match the expected currency: \`${sub.currency}\`.`,
        `items[${index}][price]`,
      );
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

/** Which items are there after the change, where their period lies, and whether a new one begins today. */
type Plan = {
  before: SubscriptionItem[];
  after: SubscriptionItem[];
  resets: boolean;
  end: number | undefined;
};

/** Nothing is billed for the time of these, so that a change of items costs nothing. */
const runsFree = (sub: Subscription) => sub.status === 'trialing' || sub.status === 'paused';

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
  const resets = !runsFree(sub) && (interval(before) !== interval(items) || anchorNow);
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
  let prorated = 0;
  const prorates = !runsFree(sub) && behavior !== 'none';
  if (prorates) {
    const at = options.date ?? now;
    const gone = before.filter((item) => differs(item, after));
    prorated += creditUnused(api, sub, gone, at);
    // A new period is billed as such, not as what remains of one.
    if (!resets) {
      const come = after.filter((item) => differs(item, before));
      prorated += chargeRemaining(api, sub, come, at);
    }
  }
  const used = resets ? usedLines(api, sub, now) : [];
  const changed = api.update('subscription', id, {
    items: itemList(id, after),
    ...(resets ? { billing_cycle_anchor: now } : {}),
    ...(sub.cancel_at_period_end && end ? { cancel_at: end } : {}),
  });
  if (resets) invoiceNow(api, id, options, [...used, ...wholePeriod(api, changed)]);
  // A change that leaves no line makes no invoice, and what is pending goes on waiting.
  else if (behavior === 'always_invoice' && prorated > 0) invoiceNow(api, id, options);
  return api.store.get('subscription', id);
}
