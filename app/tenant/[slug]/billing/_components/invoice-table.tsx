import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { DateTime, Money } from '@/components/ui/figures';
import { TextLink } from '@/components/ui/text-link';
import type { InvoiceDto } from '@/lib/domains/billing';
import { invoiceStates } from './invoice-states';

function What({ lines: [first, ...rest] }: InvoiceDto) {
  return (
    <>
      {first?.description ?? 'No lines'}
      {rest.length > 0 ? <span className="text-muted"> and {rest.length} more</span> : null}
    </>
  );
}

const columnsOf = (base: string): PlainColumn<InvoiceDto>[] => [
  {
    id: 'number',
    header: 'Number',
    cell: ({ id, number }) => (
      <span className="figures whitespace-nowrap">
        <TextLink href={`${base}/billing/invoices/${id}`}>{number}</TextLink>
      </span>
    ),
  },
  {
    id: 'date',
    header: 'Date',
    inCard: 'start',
    cell: (invoice) => (
      <span className="whitespace-nowrap">
        <DateTime value={invoice.issued_at} style="date" />
      </span>
    ),
  },
  { id: 'for', header: 'For', inCard: 'text', cell: (invoice) => <What {...invoice} /> },
  {
    id: 'status',
    header: 'Status',
    inCard: 'end',
    cell: ({ status }) => (
      <Status tone={invoiceStates[status].tone}>{invoiceStates[status].word}</Status>
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
    id: 'payment',
    header: 'Payment',
    bareHead: true,
    cell: ({ status, hosted_url: page, number }) =>
      status === 'open' && page ? (
        <TextLink href={page}>
          Pay<span className="sr-only"> invoice {number}</span>
        </TextLink>
      ) : null,
  },
];

/** Invoices, newest first, each with its own page; open ones with the page where they are paid. */
export function InvoiceTable({
  invoices,
  base,
}: {
  invoices: readonly InvoiceDto[];
  base: string;
}) {
  return (
    <PlainTable
      label="Invoices"
      columns={columnsOf(base)}
      rows={invoices}
      rowKey={({ id }) => id}
    />
  );
}
