'use client';

import { Undo2 } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Money } from '@/components/ui/figures';
import { TextLink } from '@/components/ui/text-link';
import { type AdminRefund, adminRefundPage } from '@/lib/domains/operator/refunds/schemas';
import { moreRows } from '../../../_components/more-rows';
import { optionsOf, refundStatusWords } from '../../../_components/status-words';
import { askedColumns } from '../../_components/asked-columns';
import { DecideRefund } from './decide-refund';
import { RefundStanding } from './refund-standing';

/** Where it stands, and with that what `decider` can do about it. */
const standing = (decider: string | null): Column<AdminRefund> => ({
  id: 'standing',
  header: 'Standing',
  cell: (row) => (
    <div className="flex flex-col items-start gap-2">
      <RefundStanding refund={row} />
      {row.status === 'requested' && decider !== null ? (
        <DecideRefund refund={row} decider={decider} />
      ) : null}
    </div>
  ),
});

const before: readonly Column<AdminRefund>[] = [
  {
    id: 'of',
    header: 'Of',
    cell: (row) => (
      <>
        <TextLink href={`/admin/invoices/${row.invoice.id}`} className="figures whitespace-nowrap">
          {row.invoice.number}
        </TextLink>
        <span className="block text-sm text-muted">{row.tenant.name}</span>
        <Money value={row.amount} className="block sm:hidden" />
      </>
    ),
  },
  {
    id: 'amount',
    header: 'Amount',
    figures: true,
    hideBelow: 'sm',
    cell: (row) => <Money value={row.amount} />,
  },
];
const load = moreRows('/admin/refunds', adminRefundPage, ['status']);

export function RefundTable({
  rows,
  nextCursor,
  decider,
}: {
  rows: readonly AdminRefund[];
  nextCursor: string | null;
  /** The operator who looks, if they may decide. */
  decider: string | null;
}) {
  return (
    <DataTable
      label="Refunds"
      columns={[...before, standing(decider), ...askedColumns]}
      rows={rows}
      rowKey={(row) => row.id}
      mode="remote"
      searchable
      filters={[{ id: 'status', label: 'Standing', options: optionsOf(refundStatusWords) }]}
      nextCursor={nextCursor}
      loadMore={load}
      empty={
        <EmptyState bare icon={<Undo2 />} title="No refunds yet">
          Money is given back on the page of an invoice, and what became of it stands here.
        </EmptyState>
      }
    />
  );
}
