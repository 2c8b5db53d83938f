import { money } from '@/lib/kernel/money';
import type { InvoicePreview } from './gateways/port';
import type { PaymentPart } from './overview/schemas';

/** What a coming payment is made of: each line, then what comes off and on; together they are what is collected. */
export function paymentParts({ lines, currency, total, due }: InvoicePreview): PaymentPart[] {
  const part = (label: string, cents: number) => ({ label, amount: money(cents, currency) });
  const sum = (of: 'discount' | 'tax') => lines.reduce((all, line) => all + line[of], 0);
  const others = [
    part('Discount', 0 - sum('discount')),
    part('Tax', sum('tax')),
    part(due > total ? 'Added to your credit' : 'Credit', due - total),
  ];
  return [
    ...lines.map(({ description, amount }) => part(description, amount)),
    ...others.filter(({ amount }) => amount.amount !== 0),
  ];
}
