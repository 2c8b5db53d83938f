'use client';

import { ScrollText } from 'lucide-react';
import { z } from 'zod';
import { EmptyState } from '@/components/patterns/empty-state';
import { useShellHref, useShellTenant } from '@/components/patterns/shell/shell-context';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { strategySentences } from '@/components/trading/strategy-words';
import { Badge } from '@/components/ui/badge';
import { DateTime } from '@/components/ui/figures';
import { LinkButton } from '@/components/ui/link-button';
import { apiFetch } from '@/lib/client/api-fetch';
import { type StrategyDto, strategyDto } from '@/lib/domains/trading/strategies/schemas';
import { ArchiveButton } from './archive-button';

const pageSchema = z.object({ data: z.array(strategyDto), next_cursor: z.string().nullable() });

const columns: Column<StrategyDto>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: (row) => (
      <span className="flex items-center gap-2">
        <span className="font-medium text-strong">{row.name}</span>
        {row.archived_at ? <Badge>Archived</Badge> : null}
      </span>
    ),
  },
  {
    id: 'rules',
    header: 'What it does',
    hideBelow: 'md',
    cell: (row) => (
      <span className="line-clamp-1 max-w-[56ch] text-muted">
        {strategySentences(row.definition)[0]}
      </span>
    ),
  },
  { id: 'version', header: 'Version', figures: true, cell: (row) => row.version },
  {
    id: 'updated_at',
    header: 'Changed',
    figures: true,
    hideBelow: 'sm',
    cell: (row) => <DateTime value={row.updated_at} relative />,
  },
];

type Props = { rows: readonly StrategyDto[]; nextCursor: string | null; mayWrite: boolean };

export function StrategyTable({ rows, nextCursor, mayWrite }: Props) {
  const tenant = useShellTenant() ?? '';
  const href = useShellHref();
  return (
    <DataTable
      label="Strategies"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => href(`/strategies/${row.id}`)}
      mode="remote"
      searchable
      filters={[
        { id: 'archived', label: 'Archived', options: [{ value: 'true', label: 'Archived only' }] },
      ]}
      nextCursor={nextCursor}
      loadMore={async (cursor) => {
        const address = new URLSearchParams(window.location.search);
        const query = new URLSearchParams({ cursor });
        const [search, archived] = [address.get('q'), address.get('archived')];
        if (search) query.set('search', search);
        if (archived) query.set('archived', archived);
        const page = await apiFetch(`/strategies?${query}`, pageSchema, { tenant });
        return { rows: page.data, nextCursor: page.next_cursor };
      }}
      {...(mayWrite
        ? { rowActions: (row: StrategyDto) => <ArchiveButton strategy={row} compact /> }
        : {})}
      empty={
        <EmptyState
          bare
          icon={<ScrollText />}
          title="No strategies yet"
          action={
            mayWrite ? (
              <LinkButton href={href('/strategies/new')}>Start from a preset</LinkButton>
            ) : null
          }
        >
          A strategy is a set of rules: when to enter, when to leave, how much to risk. Presets give
          you one that works; change it as you like and test it on past bars.
        </EmptyState>
      }
    />
  );
}
