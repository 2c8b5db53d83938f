'use client';

import { ReceiptText } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { cn } from '@/components/ui/class-names';
import { DateTime, Money } from '@/components/ui/figures';
import { type AdminInvoice, adminInvoicePage } from '@/lib/domains/operator/refunds/schemas';
import { moreRows } from '../../../_components/more-rows';
import {
  disputeStatusWords,
  gatewayOptions,
  invoiceStatusWords,
  optionsOf,
} from '../../../_components/status-words';

/** What came of the money after it was paid, in a word or two; nothing where nothing did. */
function MoneyBack({ row, className }: { row: AdminInvoice; className?: string }) {
  const { amount_refunded: refunded, dispute } = row;
  if (refunded.amount === 0 && dispute === null) return null;
  return (
    <span className={cn('flex flex-col items-start gap-1', className)}>
      {refunded.amount > 0 ? (
        <span>
          <Money value={refunded} /> <span className="md:hidden">back</span>
        </span>
      ) : null}
      {dispute ? (
        <Status tone={disputeStatusWords[dispute].tone}>
          Dispute: {disputeStatusWords[dispute].word.toLowerCase()}
        </Status>
      ) : null}
    </span>
  );
}

const columns: readonly Column<AdminInvoice>[] = [
  {
    id: 'number',
    header: 'Number',
    cell: (row) => (
      <>
        <span className="figures whitespace-nowrap font-medium text-strong">{row.number}</span>
        <span className="block text-sm text-muted sm:hidden">{row.tenant.name}</span>
      </>
    ),
  },
  { id: 'tenant', header: 'Tenant', hideBelow: 'sm', cell: (row) => row.tenant.name },
  {
    id: 'status',
    header: 'Status',
    cell: (row) => {
      const { tone, word } = invoiceStatusWords[row.status];
      return (
        <>
          <Status tone={tone}>{word}</Status>
          <MoneyBack row={row} className="md:hidden" />
        </>
      );
    },
  },
  { id: 'total', header: 'Total', figures: true, cell: (row) => <Money value={row.total} /> },
  {
    id: 'amount_paid',
    header: 'Paid',
    figures: true,
    hideBelow: 'md',
    cell: (row) => <Money value={row.amount_paid} />,
  },
  {
    id: 'money_back',
    header: 'Given back',
    hideBelow: 'md',
    cell: (row) => <MoneyBack row={row} />,
  },
  {
    id: 'issued_at',
    header: 'Issued',
    figures: true,
    hideBelow: 'sm',
    cell: (row) => <DateTime value={row.issued_at} style="date" />,
  },
];

const moneyBack = [
  { value: 'refunded', label: 'Refunded' },
  { value: 'disputed', label: 'Disputed' },
];
const load = moreRows('/admin/invoices', adminInvoicePage, ['status', 'gateway', 'money_back']);

export function InvoiceTable({
  rows,
  nextCursor,
}: {
  rows: readonly AdminInvoice[];
  nextCursor: string | null;
}) {
  return (
    <DataTable
      label="Invoices"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/admin/invoices/${row.id}`}
      mode="remote"
      searchable
      filters={[
        { id: 'status', label: 'Status', options: optionsOf(invoiceStatusWords) },
        { id: 'gateway', label: 'Provider', options: gatewayOptions },
        { id: 'money_back', label: 'Given back', options: moneyBack },
      ]}
      nextCursor={nextCursor}
      loadMore={load}
      empty={
        <EmptyState bare icon={<ReceiptText />} title="No invoices yet">
          The first one stands here when a tenant starts a plan.
        </EmptyState>
      }
    />
  );
}
