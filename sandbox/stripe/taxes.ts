import { percentage } from '@/sandbox/stripe/rounding';
import type { Invoice, InvoiceLine } from '@/sandbox/stripe/wire';

type Tax = NonNullable<Invoice['total_taxes']>[number];
type Taxes = { amount: number; totals: Tax[]; lines: NonNullable<InvoiceLine['taxes']>[] };

const EXEMPT: Record<string, string> = { exempt: 'customer_exempt', reverse: 'reverse_charge' };

/**
 * The invoice's tax rates on top of what its lines come to less discounts (`nets`, minor units). Each rate is rounded once
 * an invoice; the lines' taxes are what each adds to that sum, so that they add up to it.
 */
export function taxesOf(invoice: Invoice, nets: number[]): Taxes {
  const exempt = EXEMPT[invoice.customer_tax_exempt ?? 'none'];
  const lines: Taxes['lines'] = nets.map(() => []);
  const totals = (invoice.default_tax_rates ?? []).map((rate) => {
    const tax = (amount: number, taxable: number): Tax => ({
      amount,
      tax_behavior: 'exclusive',
      tax_rate_details: { tax_rate: rate.id },
      taxability_reason: exempt ?? 'not_available',
      taxable_amount: taxable,
      type: 'tax_rate_details',
    });
    const upTo = (sum: number) => (exempt ? 0 : percentage(sum, rate.percentage));
    let sum = 0;
    nets.forEach((net, index) => {
      const before = upTo(sum);
      sum += net;
      lines[index]?.push(tax(upTo(sum) - before, net));
    });
    return tax(upTo(sum), sum);
  });
  return { amount: totals.reduce((all, each) => all + each.amount, 0), totals, lines };
}
