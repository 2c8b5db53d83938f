'use client';

import { Users } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Money } from '@/components/ui/figures';
import type { RepriceReport } from '@/lib/domains/operator/reprice/schemas';

type Row = RepriceReport['rows'][number];

function columnsOf(currency: string): readonly Column<Row>[] {
  const money = (amount: number | null) => (amount === null ? null : { amount, currency });
  return [
    {
      id: 'tenant',
      header: 'Tenant',
      cell: (row) => <span className="font-medium text-strong">{row.tenant.name}</span>,
      sortValue: (row) => row.tenant.name,
      searchText: (row) => `${row.tenant.name} ${row.tenant.slug}`,
    },
    {
      id: 'billing_cycle',
      header: 'Cycle',
      cell: (row) => row.billing_cycle,
      sortValue: (row) => row.billing_cycle,
    },
    {
      id: 'was',
      header: 'Was',
      figures: true,
      cell: (row) => <Money value={money(row.was)} />,
      sortValue: (row) => row.was,
    },
    {
      id: 'would',
      header: 'Would have been',
      figures: true,
      cell: (row) => <Money value={money(row.would)} />,
      sortValue: (row) => row.would,
    },
    {
      id: 'overage_would',
      header: 'Overage in it',
      figures: true,
      hideBelow: 'md',
      cell: (row) => <Money value={money(row.overage_would)} />,
      sortValue: (row) => row.overage_would,
    },
    {
      id: 'difference',
      header: 'Difference',
      figures: true,
      inCard: 'lead',
      cell: (row) => <Money value={money(row.difference)} signed />,
      sortValue: (row) => row.difference,
    },
  ];
}

export function RepriceTable({ rows, currency }: { rows: readonly Row[]; currency: string }) {
  return (
    <DataTable
      label="Repriced tenants"
      onPhone="cards"
      columns={columnsOf(currency)}
      rows={rows}
      rowKey={(row) => `${row.tenant.id} ${row.billing_cycle}`}
      rowHref={(row) => `/admin/tenants/${row.tenant.id}`}
      searchable
      empty={
        <EmptyState bare icon={<Users />} title="Nobody was charged for this plan">
          In these months nobody had it, but on trial or in a sandbox.
        </EmptyState>
      }
    />
  );
}
