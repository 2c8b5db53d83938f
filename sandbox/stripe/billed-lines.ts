import type { Api } from '@/sandbox/stripe/api';
import { percentOff, runningDiscounts } from '@/sandbox/stripe/discounts';
import type {
  InvoiceItem,
  InvoiceLine,
  Subscription,
  SubscriptionItem,
} from '@/sandbox/stripe/wire';

type CreditedItems = NonNullable<NonNullable<InvoiceItem['proration_details']>['credited_items']>;

/** A charge for an item's time: what was taken for it (minor units, less discounts), for which time, and where it stands. */
export type Billed = { net: number; start: number; end: number; where: CreditedItems };

/** Ids of invoice lines and pending items whose time was given back already. */
function givenBack(api: Api, sub: string): Set<string> {
  return new Set(
    api.store.all('invoiceitem').flatMap((item) => {
      const credited = item.proration_details?.credited_items;
      if (!credited || item.parent?.subscription_details?.subscription !== sub) return [];
      return [
        ...(credited.invoice_line_item_details?.invoice_line_items ?? []),
        ...(credited.invoice_item ? [credited.invoice_item] : []),
      ];
    }),
  );
}

function ofLine(line: InvoiceLine, invoice: string): Billed {
  const off = line.discount_amounts?.reduce((sum, each) => sum + each.amount, 0) ?? 0;
  return {
    net: line.amount - off,
    ...line.period,
    where: {
      invoice_line_item_details: { invoice, invoice_line_items: [line.id] },
      type: 'invoice_line_items',
    },
  };
}

function ofPending(api: Api, sub: Subscription, item: InvoiceItem): Billed {
  const running = runningDiscounts(api, sub.discounts, api.now(sub.test_clock));
  const product = item.pricing?.price_details?.product ?? null;
  const off = item.discountable ? percentOff(api, running, { amount: item.amount, product }) : 0;
  return {
    net: item.amount - off,
    ...item.period,
    where: { invoice_item: item.id, type: 'invoice_item' },
  };
}

/**
 * What billed an item's time in the running period and was not given back since, in the order in which it was billed.
 * Flexible billing credits this, and not a share of the price that the item has now.
 */
export function billedFor(api: Api, sub: Subscription, item: SubscriptionItem): Billed[] {
  const gone = givenBack(api, sub.id);
  const bills = (
    charge: { id: string; amount: number; period: { end: number } },
    of: string | undefined,
    pending?: string | null,
  ) =>
    of === item.id &&
    charge.amount > 0 &&
    charge.period.end === item.current_period_end &&
    !gone.has(charge.id) &&
    !gone.has(pending ?? '');
  const invoiced = api.store
    .all('invoice')
    .filter(
      (each) =>
        each.status !== 'void' && each.parent?.subscription_details?.subscription === sub.id,
    )
    .flatMap((invoice) =>
      invoice.lines.data
        .filter((line) => {
          const details = line.parent?.subscription_item_details;
          return bills(line, details?.subscription_item, details?.invoice_item);
        })
        .map((line) => ofLine(line, invoice.id)),
    );
  const pending = api.store
    .all('invoiceitem')
    .filter(
      (each) => !each.invoice && bills(each, each.parent?.subscription_details?.subscription_item),
    )
    .map((each) => ofPending(api, sub, each));
  return [...invoiced, ...pending];
}
