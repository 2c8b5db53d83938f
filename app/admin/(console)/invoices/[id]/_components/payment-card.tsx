import { DateTime, Money } from '@/components/ui/figures';
import { TextLink } from '@/components/ui/text-link';
import type { InvoiceDto } from '@/lib/domains/billing';
import type { InvoiceFacts } from '@/lib/domains/operator';
import { gatewayWord } from '../../../../_components/status-words';
import { FactsCard } from '../../../_components/facts-card';

/** What was paid, when and where, and what can still be given back. */
export function PaymentCard({ invoice, facts }: { invoice: InvoiceDto; facts: InvoiceFacts }) {
  const { tenant, amount_refunded } = facts.invoice;
  return (
    <FactsCard
      title="Payment"
      facts={[
        {
          name: 'Tenant',
          value: <TextLink href={`/admin/tenants/${tenant.id}`}>{tenant.name}</TextLink>,
        },
        { name: 'Total', value: <Money value={invoice.total} /> },
        { name: 'Paid', value: <Money value={invoice.amount_paid} /> },
        { name: 'Given back', value: <Money value={amount_refunded} /> },
        { name: 'Left to give back', value: <Money value={facts.left} /> },
        { name: 'Issued', value: <DateTime value={invoice.issued_at} style="date" /> },
        { name: 'Paid on', value: <DateTime value={invoice.paid_at} style="date" /> },
        { name: 'Provider', value: gatewayWord(invoice.gateway) },
        { name: 'Number there', value: invoice.provider_number ?? '–' },
      ]}
    />
  );
}
