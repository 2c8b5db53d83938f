import type Stripe from 'stripe';
import type { Line } from '../billing-oracle/scenario';
import type { Driven } from './drive';

/** Of an invoice what is compared; reasons are the provider's own words and are not. */
export interface Charged {
  at: number;
  lines: Line[];
  tax: number;
  total: number;
  balanceUsed: number;
  due: number;
}

/** All invoices of a customer, in the order in which they were made, in the oracle's words. */
export async function readInvoices(stripe: Stripe, { customer, keys }: Driven): Promise<Charged[]> {
  const newestFirst = await stripe.invoices
    .list({ customer, limit: 100 })
    .autoPagingToArray({ limit: 10_000 });
  const charged: Charged[] = [];
  for (const invoice of newestFirst.reverse()) {
    const { total, amount_due: due, starting_balance, ending_balance } = invoice;
    // Usage of a month is invoiced a second before the month's end, and says of when it is.
    const at = Number(invoice.metadata?.['at'] ?? invoice.created);
    const tax = (invoice.total_taxes ?? []).reduce((sum, each) => sum + each.amount, 0);
    const lines = await linesOf(stripe, invoice, keys);
    const balanceUsed = (ending_balance ?? starting_balance) - starting_balance;
    charged.push({ at, lines, tax, total, balanceUsed, due });
  }
  return charged;
}

async function linesOf(
  stripe: Stripe,
  invoice: Stripe.Invoice,
  keys: Map<string, string>,
): Promise<Line[]> {
  const raw = invoice.lines.has_more
    ? await stripe.invoices
        .listLineItems(invoice.id, { limit: 100 })
        .autoPagingToArray({ limit: 1000 })
    : invoice.lines.data;
  const lines = raw.map((line) => lineOf(line, keys));
  // A trial is one line of 0 by the rules, and one for each item here.
  return lines.filter(({ kind, key }) => kind !== 'trial' || key.startsWith('plan '));
}

function lineOf(line: Stripe.InvoiceLineItem, keys: Map<string, string>): Line {
  const discount = (line.discount_amounts ?? []).reduce((sum, each) => sum + each.amount, 0);
  const usage = line.metadata['kind'];
  if (usage === 'overage' || usage === 'correction')
    return {
      kind: usage,
      key: line.metadata['key'] ?? '',
      quantity: Number(line.metadata['quantity']),
      amount: line.amount,
      discount,
      from: line.period.start,
      to: line.period.end,
    };
  const price = line.pricing?.price_details?.price as string | undefined;
  return {
    kind: kindOf(line),
    key: keys.get(price ?? '') ?? `unknown price ${price}`,
    quantity: line.quantity ?? 0,
    amount: line.amount,
    discount,
    from: line.period.start,
    to: line.period.end,
  };
}

function kindOf(line: Stripe.InvoiceLineItem): Line['kind'] {
  if (line.parent?.subscription_item_details?.proration)
    return line.amount < 0 ? 'credit' : 'remaining';
  const free = line.pricing?.unit_amount_decimal?.toString() === '0' && isTrial(line);
  return free ? 'trial' : 'period';
}

const isTrial = ({ description }: Stripe.InvoiceLineItem) =>
  description?.startsWith('Free trial') ?? false;
