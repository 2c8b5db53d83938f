'use client';

import { ScrollText } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { DateTime } from '@/components/ui/figures';
import { TextLink } from '@/components/ui/text-link';
import { type PlatformAuditRow, platformAuditPage } from '@/lib/domains/operator/schemas';
import { moreRows } from '../../../_components/more-rows';

/** What an act was about, outside tenants: an operator or an address by name, anything else by its kind. */
function About({ object }: Pick<PlatformAuditRow, 'object'>) {
  const name = object.email ?? (object.type === 'sign_in' ? object.id : object.type);
  return <span className="break-all text-muted">{name}</span>;
}

const columns: readonly Column<PlatformAuditRow>[] = [
  {
    id: 'action',
    header: 'Act',
    cell: (row) => <code className="font-mono text-sm text-strong">{row.action}</code>,
  },
  {
    id: 'operator',
    header: 'Operator',
    cell: ({ operator }) =>
      operator ? (
        <span className="flex min-w-0 flex-wrap gap-x-2">
          <span className="truncate">{operator.email}</span>
          <span className="text-muted">{operator.role}</span>
        </span>
      ) : (
        <span className="text-muted">Nobody signed in</span>
      ),
  },
  {
    id: 'about',
    header: 'About',
    cell: (row) =>
      row.tenant ? (
        <TextLink href={`/admin/tenants/${row.tenant.id}`}>{row.tenant.name}</TextLink>
      ) : (
        <About object={row.object} />
      ),
  },
  {
    id: 'reason',
    header: 'Reason',
    hideBelow: 'md',
    cell: (row) => (
      <span className="line-clamp-1 max-w-[40ch] text-muted">{row.reason ?? '–'}</span>
    ),
  },
  {
    id: 'ip',
    header: 'From',
    hideBelow: 'lg',
    cell: (row) => <span className="figures text-muted">{row.ip ?? '–'}</span>,
  },
  {
    id: 'at',
    header: 'When',
    figures: true,
    cell: (row) => <DateTime value={row.at} />,
  },
];

const load = moreRows('/admin/audit-events', platformAuditPage, ['looks']);

export function PlatformAuditTable({
  rows,
  nextCursor,
}: {
  rows: readonly PlatformAuditRow[];
  nextCursor: string | null;
}) {
  return (
    <DataTable
      label="Acts of operators"
      onPhone="cards"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      mode="remote"
      filters={[
        {
          id: 'looks',
          label: 'What',
          options: [{ value: 'all', label: 'Also what was looked at' }],
        },
      ]}
      nextCursor={nextCursor}
      loadMore={load}
      empty={
        <EmptyState bare icon={<ScrollText />} title="Nothing was done yet">
          Signing in is the first thing that stands here.
        </EmptyState>
      }
    />
  );
}
