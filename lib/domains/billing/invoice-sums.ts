import { type Money, money } from '@/lib/kernel/money';
import { discountRule, type RuleWords, sumsRule } from './rule-words';
import type { InvoiceDto } from './schemas';

/** A row under an invoice's lines: what was taken off is negative. */
export type InvoiceSum = { label: string; amount: Money; strong: boolean; rule: RuleWords | null };

/** What is still owed, in minor units. */
export const owedOf = ({ status, amount_due, amount_paid }: InvoiceDto) =>
  status === 'open' || status === 'uncollectible'
    ? Math.max(0, amount_due.amount - amount_paid.amount)
    : 0;

/** What credit notes took from an invoice before it was paid, in minor units. */
function creditedBefore({ total, balance_applied, amount_due }: InvoiceDto): number {
  if (total.amount <= 0) return 0;
  return Math.max(0, total.amount - balance_applied.amount - amount_due.amount);
}

/** What the lines come to, from top to bottom; rows of 0 are left out, but for sums. */
export function sumsOf(invoice: InvoiceDto): InvoiceSum[] {
  const { currency } = invoice.total;
  const sum = (label: string, cents: number, rule: RuleWords | null, strong = false) => ({
    label,
    amount: money(cents, currency),
    strong,
    rule,
  });
  const some = (label: string, cents: number, rule: RuleWords | null) =>
    cents === 0 ? [] : [sum(label, cents, rule)];
  const balance = invoice.balance_applied.amount;
  return [
    sum('Subtotal', invoice.subtotal.amount, null),
    ...some('Discount', 0 - invoice.discount.amount, discountRule),
    ...some('Tax', invoice.tax.amount, sumsRule),
    sum('Total', invoice.total.amount, sumsRule, true),
    ...some(balance < 0 ? 'Added to your credit' : 'Credit applied', 0 - balance, sumsRule),
    ...some('Credit notes', 0 - creditedBefore(invoice), null),
    ...some('Amount paid', 0 - invoice.amount_paid.amount, null),
    sum('Amount due', owedOf(invoice), null, true),
  ];
}
