import type { Stripe } from '@/lib/infra/stripe';

/** A line as it is kept: `amount` in minor units of the invoice's currency, negative for credits. */
export type StoredLine = {
  description: string;
  amount: number;
  quantity: number | null;
  period: { start: string; end: string };
  proration: boolean;
};

/** The provider tells time in whole Unix seconds. */
export const fromSeconds = (seconds: number) => new Date(seconds * 1000);

function isProration(line: Stripe.InvoiceLineItem): boolean {
  const { parent } = line;
  return (
    parent?.subscription_item_details?.proration ?? parent?.invoice_item_details?.proration ?? false
  );
}

/** A line of the provider’s in the form in which it is kept. */
export function toStoredLine(line: Stripe.InvoiceLineItem): StoredLine {
  return {
    description: line.description ?? 'Charge',
    amount: line.amount,
    quantity: line.quantity ?? null,
    period: {
      start: fromSeconds(line.period.start).toISOString(),
      end: fromSeconds(line.period.end).toISOString(),
    },
    proration: isProration(line),
  };
}
