import type { Api } from '@/sandbox/stripe/api';
import { newId } from '@/sandbox/stripe/ids';
import { meteredUnits, type Period } from '@/sandbox/stripe/metering';
import { priceAmount, priceLabel, productName } from '@/sandbox/stripe/pricing';
import type {
  InvoiceItem,
  InvoiceLine,
  Price,
  Subscription,
  SubscriptionItem,
} from '@/sandbox/stripe/wire';

/** An invoice's line before it stands on an invoice: discounts are worked out when it does. */
export type NewLine = Omit<
  InvoiceLine,
  'discount_amounts' | 'discounts' | 'invoice' | 'taxes' | 'pretax_credit_amounts'
>;

function line(
  input: Pick<NewLine, 'amount' | 'currency' | 'description' | 'parent' | 'period'> &
    Partial<NewLine>,
): NewLine {
  return {
    id: newId('il'),
    object: 'line_item',
    discountable: true,
    livemode: false,
    metadata: {},
    pricing: null,
    quantity: 1,
    quantity_decimal: String(input.quantity ?? 1),
    subscription: null,
    subtotal: input.amount,
    ...input,
  };
}

export function pricing(price: Price, unit: string | null): NonNullable<InvoiceLine['pricing']> {
  return {
    price_details: { price: price.id, product: price.product },
    type: 'price_details',
    unit_amount_decimal: unit,
  };
}

function itemParent(item: SubscriptionItem): NonNullable<InvoiceLine['parent']> {
  return {
    invoice_item_details: null,
    subscription_item_details: {
      invoice_item: null,
      proration: false,
      proration_details: null,
      subscription: item.subscription,
      subscription_item: item.id,
    },
    type: 'subscription_item_details',
  };
}

/** The line of one item for a whole period: licensed ones ahead, metered ones for what `period` used. */
export function itemLine(
  api: Api,
  sub: Subscription,
  item: SubscriptionItem,
  period: Period,
  trial: boolean,
): NewLine {
  const metered = item.price.recurring?.usage_type === 'metered';
  const quantity = metered
    ? meteredUnits(api, item.price, sub.customer, period)
    : (item.quantity ?? 1);
  const name = productName(api, item.price);
  const unit = trial ? '0' : item.price.unit_amount_decimal;
  return line({
    amount: trial ? 0 : priceAmount(api, item.price, quantity),
    currency: sub.currency,
    description: trial
      ? `Free trial for ${quantity} × ${name}`
      : `${quantity} × ${name} (at ${priceLabel(item.price)})`,
    metadata: sub.metadata,
    parent: itemParent(item),
    period,
    pricing: pricing(item.price, unit),
    quantity,
    subscription: sub.id,
  });
}

/** A pending invoice item as a line; prorations keep their subscription item. */
export function pendingLine(item: InvoiceItem, subscriptionItem: string | null): NewLine {
  const subscription = item.parent?.subscription_details?.subscription ?? null;
  const details = {
    invoice_item: item.id,
    proration: item.proration,
    proration_details: item.proration
      ? {
          credited_items: item.proration_details?.credited_items?.invoice_line_item_details ?? null,
        }
      : null,
    subscription,
  };
  return line({
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discountable: item.discountable,
    metadata: item.metadata ?? {},
    parent: subscriptionItem
      ? {
          invoice_item_details: null,
          subscription_item_details: { ...details, subscription_item: subscriptionItem },
          type: 'subscription_item_details',
        }
      : {
          invoice_item_details: details,
          subscription_item_details: null,
          type: 'invoice_item_details',
        },
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    subscription,
  });
}

type NewItem = {
  customer: string;
  amount: number;
  currency: string;
  description?: string | null;
  invoice?: string | null;
  period?: Period;
  price?: Price;
  quantity?: number;
  metadata?: Record<string, string>;
  discountable?: boolean;
  proration?: {
    subscription: string;
    subscriptionItem: string;
    /** For credits: where the time now given back was billed. */
    credited: NonNullable<InvoiceItem['proration_details']>['credited_items'];
  };
  subscription?: string | null;
};

/** Creates an invoice item; without an invoice it waits for the customer's (or subscription's) next one. */
export function createItem(api: Api, input: NewItem): InvoiceItem {
  const clock = api.clockOf(input.customer);
  const now = api.now(clock);
  const { subscription = null, subscriptionItem = null } = input.proration ?? {
    subscription: input.subscription,
  };
  const quantity = input.quantity ?? 1;
  return api.create('invoiceitem', {
    id: newId('ii'),
    object: 'invoiceitem',
    amount: input.amount,
    currency: input.currency,
    customer: input.customer,
    customer_account: null,
    date: now,
    description: input.description ?? null,
    discountable: input.discountable ?? true,
    discounts: [],
    invoice: input.invoice ?? null,
    livemode: false,
    metadata: input.metadata ?? {},
    net_amount: input.amount,
    parent: subscription
      ? {
          subscription_details: {
            subscription,
            ...(subscriptionItem ? { subscription_item: subscriptionItem } : {}),
          },
          type: 'subscription_details',
        }
      : null,
    period: input.period ?? { start: now, end: now },
    pricing: input.price
      ? pricing(input.price, input.proration ? null : input.price.unit_amount_decimal)
      : { type: 'price_details', unit_amount_decimal: String(input.amount / quantity) },
    proration: Boolean(input.proration),
    ...(input.proration
      ? {
          proration_details: {
            credited_items: input.proration.credited,
            discount_amounts: [],
          },
        }
      : {}),
    quantity,
    quantity_decimal: String(quantity),
    tax_rates: [],
    test_clock: clock,
  });
}

/** “Remaining time on …” or “Unused time on …”, as Stripe writes it; `at` in unix seconds. */
export function describeProration(
  api: Api,
  price: Price,
  quantity: number,
  at: number,
  credit: boolean,
): string {
  const day = new Date(at * 1000).toLocaleDateString('en-GB', {
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const units = quantity > 1 ? `${quantity} × ` : '';
  return `${credit ? 'Unused' : 'Remaining'} time on ${units}${productName(api, price)} after ${day}`;
}
