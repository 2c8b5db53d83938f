import type { Stripe } from '@/lib/infra/stripe';
import { dateOf } from '@/lib/kernel/unix-time';
import { type ProviderLine, type UsageBasis, usageBasisSchema } from '../../invoice-lines';
import type { LineKind } from '../../schemas';

type Details = { proration: boolean; credits: readonly string[] };

function detailsOf({ parent }: Stripe.InvoiceLineItem): Details {
  const details = parent?.subscription_item_details ?? parent?.invoice_item_details;
  return {
    proration: details?.proration ?? false,
    credits: details?.proration_details?.credited_items?.invoice_line_items ?? [],
  };
}

/** Products of the catalogue are named by what they sell. */
const PRODUCT = /^nz_(.+)$/;

/** An overage is handed to the provider as an item that carries its basis along. */
function usageOf(line: Stripe.InvoiceLineItem): UsageBasis | null {
  const text = line.metadata.usage_basis;
  if (!text) return null;
  try {
    return usageBasisSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function kindOf(line: Stripe.InvoiceLineItem, usage: UsageBasis | null): LineKind {
  // A line of before corrections were marked says it by what was billed.
  if (usage) return usage.correction || usage.billedBefore !== 0 ? 'overage_correction' : 'overage';
  if (detailsOf(line).proration) return line.amount < 0 ? 'unused_time' : 'remaining_time';
  if (line.parent?.type !== 'subscription_item_details') return 'other';
  const free = Number(line.pricing?.unit_amount_decimal ?? 1) === 0;
  return free && line.amount === 0 ? 'trial' : 'period';
}

const sum = (parts: readonly { amount: number }[] | null) =>
  (parts ?? []).reduce((total, { amount }) => total + amount, 0);

/** A line of the provider’s in the form in which it is kept. */
export function toInvoiceLine(line: Stripe.InvoiceLineItem): ProviderLine {
  const usage = usageOf(line);
  const product = line.pricing?.price_details?.product;
  const added = (line.taxes ?? []).filter((tax) => tax.tax_behavior === 'exclusive');
  return {
    kind: kindOf(line, usage),
    itemKey: usage?.meter ?? PRODUCT.exec(product ?? '')?.[1] ?? null,
    description: line.description ?? 'Charge',
    // The provider was given the amount; how much was used stands in what came with it.
    quantity: usage ? Math.max(0, usage.units - usage.included) : (line.quantity ?? null),
    unitAmount: usage ? null : (line.pricing?.unit_amount_decimal?.toString() ?? null),
    amount: line.amount,
    discount: sum(line.discount_amounts),
    tax: sum(added),
    periodStart: dateOf(line.period.start),
    periodEnd: dateOf(line.period.end),
    proration: null,
    usage,
    providerId: line.id,
    credits: detailsOf(line).credits,
  };
}
