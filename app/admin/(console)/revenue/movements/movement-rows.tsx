'use client';

import { ArrowUpDown } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { DateTime, Money } from '@/components/ui/figures';
import { type MovementPage, type MovementRow, movementPage } from '@/lib/domains/revenue/schemas';
import { moreOf } from '../_components/more-of';
import { kindWords } from '../_components/words';

const columns: readonly Column<MovementRow>[] = [
  {
    id: 'tenant',
    header: 'Tenant',
    cell: (row) => <span className="font-medium text-strong">{row.tenant.name}</span>,
  },
  { id: 'kind', header: 'Movement', inCard: 'text', cell: (row) => kindWords[row.kind] },
  {
    id: 'subscription',
    header: 'Subscription',
    hideBelow: 'lg',
    cell: (row) => <span className="font-mono text-xs text-muted">{row.subscription_id}</span>,
  },
  {
    id: 'changed_at',
    header: 'Last change',
    figures: true,
    hideBelow: 'md',
    cell: (row) => <DateTime value={row.changed_at} />,
  },
  {
    id: 'before',
    header: 'Start',
    figures: true,
    cell: (row) => <Money value={row.before} />,
  },
  {
    id: 'after',
    header: 'End',
    figures: true,
    cell: (row) => <Money value={row.after} />,
  },
  {
    id: 'amount',
    header: 'Change',
    figures: true,
    inCard: 'lead',
    cell: (row) => <Money value={row.amount} signed className="text-strong" />,
  },
];

export function MovementRows({ page, path }: { page: MovementPage; path: string }) {
  return (
    <DataTable
      label="Movements"
      onPhone="cards"
      columns={columns}
      rows={page.data}
      rowKey={(row) => row.tenant.id}
      rowHref={(row) => `/admin/tenants/${row.tenant.id}`}
      mode="remote"
      nextCursor={page.next_cursor}
      loadMore={moreOf(path, movementPage)}
      empty={
        <EmptyState bare icon={<ArrowUpDown />} title="Nobody moved">
          No customer’s MRR changed this way in the month.
        </EmptyState>
      }
    />
  );
}
