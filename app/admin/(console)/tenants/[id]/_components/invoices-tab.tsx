import { ReceiptText } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { DateTime, Money } from '@/components/ui/figures';
import { TextLink } from '@/components/ui/text-link';
import { type InvoiceDto, listInvoices } from '@/lib/domains/billing';
import type { Ctx } from '@/lib/kernel/ctx';
import { invoiceStatusWords } from '../../../../_components/status-words';

const columns: readonly PlainColumn<InvoiceDto>[] = [
  {
    id: 'number',
    header: 'Number',
    cell: ({ number, id }) => (
      <span className="figures whitespace-nowrap">
        <TextLink href={`/admin/invoices/${id}`}>{number ?? id}</TextLink>
      </span>
    ),
  },
  {
    id: 'date',
    header: 'Date',
    inCard: 'start',
    cell: (invoice) => <DateTime value={invoice.issued_at} style="date" />,
  },
  {
    id: 'status',
    header: 'Status',
    inCard: 'end',
    cell: ({ status }) => (
      <Status tone={invoiceStatusWords[status].tone}>{invoiceStatusWords[status].word}</Status>
    ),
  },
  {
    id: 'total',
    header: 'Total',
    figures: true,
    inCard: 'lead',
    cell: ({ total }) => <Money value={total} />,
  },
  {
    id: 'due',
    header: 'Due',
    figures: true,
    cell: (invoice) => <Money value={invoice.amount_due} />,
  },
];

/** Its latest hundred invoices. */
export async function InvoicesTab({ inside }: { inside: Ctx }) {
  const { data: invoices } = await listInvoices(inside, { limit: 100 });
  if (invoices.length === 0) {
    return (
      <EmptyState icon={<ReceiptText />} title="No invoices yet">
        The first one is written when the tenant starts a plan.
      </EmptyState>
    );
  }
  return (
    <Card>
      <PlainTable label="Invoices" columns={columns} rows={invoices} rowKey={({ id }) => id} />
    </Card>
  );
}
