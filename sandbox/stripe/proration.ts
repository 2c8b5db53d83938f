import { invalid, missing } from '@/sandbox/http/errors';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import type { DeclineReason } from '@/sandbox/stripe/charges';
import { percentLeft } from '@/sandbox/stripe/discounts';
import { createItem, describeProration, itemLine } from '@/sandbox/stripe/invoice-lines';
import { attemptInvoice, intentOf } from '@/sandbox/stripe/invoice-payments';
import { draftInvoice, finalizeInvoice } from '@/sandbox/stripe/invoices';
import { cardDeclined } from '@/sandbox/stripe/payment-methods';
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
export type ChangeOptions = {
  behavior?: string | undefined;
  date?: number | undefined;
  anchorNow?: boolean | undefined;
  payment?: string | undefined;
  /** Stop at the draft: nothing is finalised or charged. */
  preview?: boolean;
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
  const at = options.date ?? now;
  const before = sub.items.data;
  const items = changedItems(api, sub, changes, now);
  const interval = (list: SubscriptionItem[]) =>
    `${list[0]?.price.recurring?.interval}${list[0]?.price.recurring?.interval_count}`;
  if (items.some((item) => interval([item]) !== interval(items)))
    throw invalid(
      'All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count`.',
      'items',
    );
  const trialing = sub.status === 'trialing';
  const resets = !trialing && (interval(before) !== interval(items) || options.anchorNow === true);
  const recurring = items[0]?.price.recurring;
  const end =
    resets && recurring
      ? addInterval(now, recurring.interval, recurring.interval_count)
      : undefined;
  const placed =
    end === undefined
      ? items
      : items.map((item) => ({ ...item, current_period_start: now, current_period_end: end }));
  const find = (list: SubscriptionItem[], item: SubscriptionItem) =>
    list.find((each) => each.id === item.id);
  if (!trialing && behavior !== 'none') {
    prorate(
      api,
      sub,
      before.filter((item) => resets || !sameShape(item, find(items, item))),
      at,
      true,
    );
    prorate(
      api,
      sub,
      placed
        .filter((item) => resets || !sameShape(item, find(before, item)))
        .map((item) =>
          find(before, item) || resets
            ? item
            : { ...item, current_period_start: before[0]?.current_period_start ?? now },
        ),
      resets ? now : at,
      false,
    );
  }
  api.update('subscription', id, {
    items: itemList(
      id,
      placed.map((item) =>
        find(before, item) || resets
          ? item
          : { ...item, current_period_start: before[0]?.current_period_start ?? now },
      ),
    ),
    ...(resets ? { billing_cycle_anchor: now } : {}),
    ...(sub.cancel_at_period_end && end ? { cancel_at: end } : {}),
  });
  if (!trialing && (resets || behavior === 'always_invoice'))
    invoiceNow(api, id, options, resets && behavior === 'none');
  return api.store.get('subscription', id);
}

/** Bills what is pending for the subscription at once; `whole` adds the full new period instead of prorations. */
export function invoiceNow(api: Api, id: string, options: ChangeOptions, whole = false): void {
  const sub = api.store.get('subscription', id);
  const lines = whole
    ? sub.items.data.map((item) =>
        itemLine(
          api,
          sub,
          item,
          { start: item.current_period_start, end: item.current_period_end },
          false,
        ),
      )
    : [];
  const pending = api.store
    .all('invoiceitem')
    .some((item) => !item.invoice && item.parent?.subscription_details?.subscription === id);
  if (!lines.length && !pending) return;
  const { id: invoice } = draftInvoice(api, {
    customer: sub.customer,
    subscription: sub,
    reason: 'subscription_update',
    lines,
    currency: sub.currency,
  });
  if (!options.preview) collect(api, id, invoice, options.payment);
}

/** Finalises and charges; a decline throws when the caller asked for `error_if_incomplete`. */
export function collect(api: Api, id: string, invoice: string, payment = 'allow_incomplete'): void {
  const open = finalizeInvoice(api, invoice);
  if (open.collection_method === 'send_invoice' && open.amount_due > 0) return;
  if (payment === 'default_incomplete' && open.amount_due > 0) return;
  const after = attemptInvoice(api, invoice, { offSession: false });
  if (payment !== 'error_if_incomplete' || after.status === 'paid') return;
  const error = intentOf(api, invoice)?.last_payment_error;
  throw cardDeclined(
    (error?.decline_code ?? error?.code ?? 'authentication_required') as DeclineReason,
  );
}
