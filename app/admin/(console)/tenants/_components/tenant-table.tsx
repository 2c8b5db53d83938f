'use client';

import { Building2 } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Badge, Status } from '@/components/ui/badge';
import { DateTime, Quantity } from '@/components/ui/figures';
import { type AdminTenant, adminTenantPage } from '@/lib/domains/operator/schemas';
import { moreRows } from '../../../_components/more-rows';
import {
  optionsOf,
  planOptions,
  planWord,
  subscriptionStatusWords,
  tenantStatusWords,
} from '../../../_components/status-words';

const columns: readonly Column<AdminTenant>[] = [
  {
    id: 'name',
    header: 'Tenant',
    cell: (row) => (
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <span className="font-medium text-strong">{row.name}</span>
        <span className="text-muted">{row.slug}</span>
        {row.deleted_at ? <Badge>Closed</Badge> : null}
      </span>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    cell: (row) => {
      const { tone, word } = tenantStatusWords[row.status];
      return <Status tone={tone}>{word}</Status>;
    },
  },
  {
    id: 'plan',
    header: 'Plan',
    hideBelow: 'sm',
    cell: (row) => (row.plan_id ? planWord(row.plan_id) : '–'),
  },
  {
    id: 'subscription',
    header: 'Subscription',
    hideBelow: 'md',
    cell: (row) =>
      row.subscription_status ? subscriptionStatusWords[row.subscription_status].word : '–',
  },
  {
    id: 'members',
    header: 'Members',
    figures: true,
    hideBelow: 'md',
    cell: (row) => <Quantity value={row.members} />,
  },
  {
    id: 'created_at',
    header: 'Since',
    figures: true,
    hideBelow: 'sm',
    cell: (row) => <DateTime value={row.created_at} style="date" />,
  },
];

const load = moreRows('/admin/tenants', adminTenantPage, ['status', 'plan']);

export function TenantTable({
  rows,
  nextCursor,
}: {
  rows: readonly AdminTenant[];
  nextCursor: string | null;
}) {
  return (
    <DataTable
      label="Tenants"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/admin/tenants/${row.id}`}
      mode="remote"
      searchable
      filters={[
        { id: 'status', label: 'Status', options: optionsOf(tenantStatusWords) },
        { id: 'plan', label: 'Plan', options: planOptions },
      ]}
      nextCursor={nextCursor}
      loadMore={load}
      empty={
        <EmptyState bare icon={<Building2 />} title="No tenants yet">
          An organisation that signs up stands here from that moment on.
        </EmptyState>
      }
    />
  );
}
