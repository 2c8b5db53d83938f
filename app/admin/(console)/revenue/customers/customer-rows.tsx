'use client';

import { Building2 } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { DateTime, Money } from '@/components/ui/figures';
import { type CustomerPage, type CustomerRow, customerPage } from '@/lib/domains/revenue/schemas';
import { moreOf } from '../_components/more-of';

const columns: readonly Column<CustomerRow>[] = [
  {
    id: 'tenant',
    header: 'Tenant',
    cell: (row) => <span className="font-medium text-strong">{row.tenant.name}</span>,
  },
  {
    id: 'subscription',
    header: 'Subscription',
    hideBelow: 'md',
    cell: (row) => <span className="font-mono text-xs text-muted">{row.subscription_id}</span>,
  },
  {
    id: 'since',
    header: 'Worth this since',
    figures: true,
    cell: (row) => <DateTime value={row.since} style="date" />,
  },
  {
    id: 'amount',
    header: 'MRR',
    figures: true,
    inCard: 'lead',
    cell: (row) => <Money value={row.amount} className="text-strong" />,
  },
];

export function CustomerRows({ page, path }: { page: CustomerPage; path: string }) {
  return (
    <DataTable
      label="Paying customers"
      onPhone="cards"
      columns={columns}
      rows={page.data}
      rowKey={(row) => row.tenant.id}
      rowHref={(row) => `/admin/tenants/${row.tenant.id}`}
      mode="remote"
      nextCursor={page.next_cursor}
      loadMore={moreOf(path, customerPage)}
      empty={
        <EmptyState bare icon={<Building2 />} title="Nobody paid yet">
          At the end of the month no customer was worth anything a month.
        </EmptyState>
      }
    />
  );
}
