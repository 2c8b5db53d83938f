'use client';

import { ReceiptText } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { DateTime, Money } from '@/components/ui/figures';
import {
  type RevenueInvoicePage,
  type RevenueInvoiceRow,
  revenueInvoicePage,
} from '@/lib/domains/revenue/schemas';
import { invoiceStatusWords } from '../../../_components/status-words';
import { moreOf } from '../_components/more-of';

const noteWords = {
  issued: { tone: 'neutral', word: 'Refund' },
  void: { tone: 'warning', word: 'Refund that came back' },
} as const;

const columns: readonly Column<RevenueInvoiceRow>[] = [
  {
    id: 'number',
    header: 'Invoice',
    cell: ({ invoice, credit_note: note }) => (
      <>
        <span className="figures whitespace-nowrap text-strong">
          {note?.number ?? invoice.number}
        </span>
        {note ? (
          <span className="figures block whitespace-nowrap text-sm text-muted">
            of {invoice.number}
          </span>
        ) : null}
      </>
    ),
  },
  {
    id: 'tenant',
    header: 'Tenant',
    inCard: 'text',
    cell: (row) => <span className="font-medium text-strong">{row.tenant.name}</span>,
  },
  {
    id: 'status',
    header: 'Status',
    inCard: 'end',
    cell: ({ invoice, credit_note: note }) => {
      const { tone, word } = note ? noteWords[note.status] : invoiceStatusWords[invoice.status];
      return <Status tone={tone}>{word}</Status>;
    },
  },
  {
    id: 'issued_at',
    header: 'Issued',
    inCard: 'start',
    figures: true,
    cell: (row) => <DateTime value={row.issued_at} style="date" />,
  },
  {
    id: 'paid_at',
    header: 'Paid',
    figures: true,
    hideBelow: 'lg',
    cell: (row) => <DateTime value={row.paid_at} style="date" />,
  },
  {
    id: 'amount',
    header: 'Its part',
    figures: true,
    inCard: 'lead',
    cell: (row) => <Money value={row.amount} className="text-strong" />,
  },
];

export function InvoiceRows({ page, path }: { page: RevenueInvoicePage; path: string }) {
  return (
    <DataTable
      label="Invoices"
      onPhone="cards"
      columns={columns}
      rows={page.data}
      rowKey={(row) => row.credit_note?.id ?? row.invoice.id}
      rowHref={(row) => `/admin/invoices/${row.invoice.id}`}
      mode="remote"
      nextCursor={page.next_cursor}
      loadMore={moreOf(path, revenueInvoicePage)}
      empty={
        <EmptyState bare icon={<ReceiptText />} title="No invoices">
          No invoice has a part in this figure.
        </EmptyState>
      }
    />
  );
}
