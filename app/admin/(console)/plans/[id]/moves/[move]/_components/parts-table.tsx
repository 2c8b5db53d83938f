import Link from 'next/link';
import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { DateTime } from '@/components/ui/figures';
import type { PlanMovePartDto } from '@/lib/domains/operator/moves/schemas';
import { leftOutWords, moveStateWords } from '../../../../_components/move-words';

const columns: PlainColumn<PlanMovePartDto>[] = [
  {
    id: 'tenant',
    header: 'Tenant',
    cell: ({ tenant }) => (
      <Link
        href={`/admin/tenants/${tenant.id}`}
        className="font-medium text-strong underline-offset-2 hover:underline"
      >
        {tenant.name}
      </Link>
    ),
  },
  { id: 'from', header: 'Had', cell: (part) => `Version ${part.from_version}` },
  {
    id: 'state',
    header: 'State',
    cell: ({ state, reason }) => (
      <span className="flex flex-wrap items-center gap-2">
        <Status tone={moveStateWords[state].tone}>{moveStateWords[state].word}</Status>
        {reason ? <span className="text-muted">{leftOutWords[reason]}</span> : null}
      </span>
    ),
  },
  {
    id: 'effective',
    header: 'Counts from',
    cell: (part) => (part.effective_at ? <DateTime value={part.effective_at} style="date" /> : '–'),
  },
  {
    id: 'told',
    header: 'Told',
    cell: (part) => (part.noticed_at ? <DateTime value={part.noticed_at} style="date" /> : '–'),
  },
];

/** What became of each tenant. */
export function PartsTable({ parts }: { parts: readonly PlanMovePartDto[] }) {
  if (parts.length === 0) {
    return <p className="px-5 pb-5 text-muted">Nobody has been written down yet.</p>;
  }
  return (
    <PlainTable
      label="Tenants of the move"
      columns={columns}
      rows={parts}
      rowKey={({ tenant }) => tenant.id}
    />
  );
}
