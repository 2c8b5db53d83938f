'use client';

import { Repeat } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { DateTime } from '@/components/ui/figures';
import { type AdminSubscription, adminSubscriptionPage } from '@/lib/domains/operator/schemas';
import { moreRows } from '../../../_components/more-rows';
import {
  gatewayOptions,
  optionsOf,
  planOptions,
  gatewayWord,
  planWord,
  subscriptionStatusWords,
} from '../../../_components/status-words';

const columns: readonly Column<AdminSubscription>[] = [
  {
    id: 'tenant',
    header: 'Tenant',
    cell: (row) => <span className="font-medium text-strong">{row.tenant.name}</span>,
  },
  {
    id: 'status',
    header: 'Status',
    inCard: 'lead',
    cell: (row) => {
      const { tone, word } = subscriptionStatusWords[row.status];
      return <Status tone={tone}>{word}</Status>;
    },
  },
  {
    id: 'plan',
    header: 'Plan',
    cell: (row) => (
      <span className="whitespace-nowrap">
        {planWord(row.plan_id)} <span className="text-muted">{row.billing_cycle}</span>
      </span>
    ),
  },
  {
    id: 'provider',
    header: 'At the provider',
    hideBelow: 'md',
    cell: (row) => (
      <span className="whitespace-nowrap text-muted">
        {gatewayWord(row.gateway)}: {row.provider_status ?? 'not there yet'}
      </span>
    ),
  },
  {
    id: 'current_period_end',
    header: 'Paid until',
    figures: true,
    hideBelow: 'sm',
    cell: (row) => <DateTime value={row.current_period_end} style="date" />,
  },
  {
    id: 'cancel_at',
    header: 'Ends',
    figures: true,
    hideBelow: 'lg',
    cell: (row) => <DateTime value={row.cancel_at} style="date" />,
  },
  {
    id: 'created_at',
    header: 'Since',
    figures: true,
    hideBelow: 'lg',
    cell: (row) => <DateTime value={row.created_at} style="date" />,
  },
];

const load = moreRows('/admin/subscriptions', adminSubscriptionPage, ['status', 'plan', 'gateway']);

export function SubscriptionTable({
  rows,
  nextCursor,
}: {
  rows: readonly AdminSubscription[];
  nextCursor: string | null;
}) {
  return (
    <DataTable
      label="Subscriptions"
      onPhone="cards"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/admin/tenants/${row.tenant.id}`}
      mode="remote"
      searchable
      filters={[
        { id: 'status', label: 'Status', options: optionsOf(subscriptionStatusWords) },
        { id: 'plan', label: 'Plan', options: planOptions },
        { id: 'gateway', label: 'Provider', options: gatewayOptions },
      ]}
      nextCursor={nextCursor}
      loadMore={load}
      empty={
        <EmptyState bare icon={<Repeat />} title="No subscriptions yet">
          The first one stands here when a tenant starts a plan.
        </EmptyState>
      }
    />
  );
}
