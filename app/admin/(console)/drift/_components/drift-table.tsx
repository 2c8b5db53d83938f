'use client';

import { GitCompareArrows } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { DateTime } from '@/components/ui/figures';
import { TextLink } from '@/components/ui/text-link';
import { type AdminDrift, adminDriftPage } from '@/lib/domains/operator/drift/schemas';
import { moreRows } from '../../../_components/more-rows';
import { gatewayWord } from '../../../_components/status-words';
import { Differences } from './differences';
import { HealDialog } from './heal-dialog';

const columns: readonly Column<AdminDrift>[] = [
  {
    id: 'tenant',
    header: 'Tenant',
    cell: (row) => <TextLink href={`/admin/tenants/${row.tenant.id}`}>{row.tenant.name}</TextLink>,
  },
  {
    id: 'of',
    header: 'Of',
    inCard: 'text',
    cell: (row) => (
      <>
        <span className="block whitespace-nowrap">
          {row.invoice ? `Invoice ${row.invoice.number ?? ''}` : 'Subscription'}
        </span>
        <span className="text-sm text-muted">
          {gatewayWord(row.gateway)} {row.provider_id}
        </span>
      </>
    ),
  },
  {
    id: 'differences',
    header: 'What differs',
    inCard: 'text',
    cell: (row) => <Differences row={row} />,
  },
  {
    id: 'found_at',
    header: 'Since',
    figures: true,
    hideBelow: 'md',
    cell: (row) => <DateTime value={row.found_at} style="minute" />,
  },
];

const heal: Column<AdminDrift> = {
  id: 'heal',
  header: 'Heal',
  bareHead: true,
  inCard: 'lead',
  cell: (row) => <HealDialog row={row} />,
};

const kinds = [
  { value: 'subscription', label: 'Subscriptions' },
  { value: 'invoice', label: 'Invoices' },
];
const load = moreRows('/admin/drift', adminDriftPage, ['kind']);

export function DriftTable({
  rows,
  nextCursor,
  mayHeal,
}: {
  rows: readonly AdminDrift[];
  nextCursor: string | null;
  mayHeal: boolean;
}) {
  return (
    <DataTable
      label="Drift"
      onPhone="cards"
      columns={mayHeal ? [...columns, heal] : columns}
      rows={rows}
      rowKey={(row) => row.id}
      mode="remote"
      searchable
      filters={[{ id: 'kind', label: 'Of', options: kinds }]}
      nextCursor={nextCursor}
      loadMore={load}
      empty={
        <EmptyState bare icon={<GitCompareArrows />} title="Providers agree with us">
          What differs from what was asked for stands here, with both sides, until it is healed.
        </EmptyState>
      }
    />
  );
}
