'use client';

import { FileSignature } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { DateTime, Money } from '@/components/ui/figures';
import { adminQuotePage, type AdminQuoteRow } from '@/lib/domains/operator/quotes/schemas';
import { moreRows } from '../../../_components/more-rows';
import { optionsOf } from '../../../_components/status-words';
import { lastDay, quoteStatusWords } from './quote-words';

const columns: readonly Column<AdminQuoteRow>[] = [
  {
    id: 'number',
    header: 'Number',
    cell: (row) => <span className="figures whitespace-nowrap">{row.number}</span>,
  },
  {
    id: 'tenant',
    header: 'Tenant',
    cell: (row) => <span className="font-medium text-strong">{row.tenant.name}</span>,
  },
  {
    id: 'status',
    header: 'Status',
    cell: (row) => {
      const { tone, word } = quoteStatusWords[row.status];
      return <Status tone={tone}>{word}</Status>;
    },
  },
  {
    id: 'price',
    header: 'Price',
    figures: true,
    cell: (row) => (
      <>
        <Money value={row.price} /> <span className="text-muted">{row.billing_cycle}</span>
      </>
    ),
  },
  {
    id: 'valid_until',
    header: 'Open until',
    figures: true,
    hideBelow: 'md',
    cell: (row) => <DateTime value={lastDay(row.valid_until)} style="date" />,
  },
  {
    id: 'created_at',
    header: 'Since',
    figures: true,
    hideBelow: 'lg',
    cell: (row) => <DateTime value={row.created_at} style="date" />,
  },
];

const load = moreRows('/admin/quotes', adminQuotePage, ['status']);

export function QuoteTable({
  rows,
  nextCursor,
}: {
  rows: readonly AdminQuoteRow[];
  nextCursor: string | null;
}) {
  return (
    <DataTable
      label="Quotes"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/admin/quotes/${row.id}`}
      mode="remote"
      searchable
      filters={[{ id: 'status', label: 'Status', options: optionsOf(quoteStatusWords) }]}
      nextCursor={nextCursor}
      loadMore={load}
      empty={
        <EmptyState bare icon={<FileSignature />} title="No quotes yet">
          The first stands here when a customer asks for one, or you begin one on a tenant’s page.
        </EmptyState>
      }
    />
  );
}
