'use client';

import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { DateTime } from '@/components/ui/figures';
import { formatBytes, formatQuantity } from '@/components/ui/figure-format';
import { useReader } from '@/components/ui/use-reader';
import type { CurrentUsageRow } from '@/lib/domains/usage/schemas';
import { meterWords } from './meter-words';

function Amount({ row, value }: { row: CurrentUsageRow; value: number | null }) {
  const { locale } = useReader();
  if (value === null) return <span className="text-muted">–</span>;
  const { unit } = meterWords(row);
  return unit === 'bytes' ? formatBytes(value, { locale }) : formatQuantity(value, { locale });
}

const columns: readonly Column<CurrentUsageRow>[] = [
  {
    id: 'meter',
    header: 'Meter',
    searchText: (row) => `${row.meter} ${meterWords(row).label}`,
    sortValue: (row) => meterWords(row).label,
    cell: (row) => (
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <span className="font-medium text-strong">{meterWords(row).label}</span>
        <code className="font-mono text-sm text-muted">{row.meter}</code>
      </span>
    ),
  },
  {
    id: 'used',
    header: 'Used',
    figures: true,
    sortValue: (row) => row.used,
    cell: (row) => <Amount row={row} value={row.used} />,
  },
  {
    id: 'limit',
    header: 'Limit',
    figures: true,
    hideBelow: 'sm',
    sortValue: (row) => row.limit,
    cell: (row) => (row.limit === null ? 'Unlimited' : <Amount row={row} value={row.limit} />),
  },
  {
    id: 'projected',
    header: 'By the month’s end',
    figures: true,
    hideBelow: 'md',
    sortValue: (row) => row.projected,
    cell: (row) => <Amount row={row} value={row.projected} />,
  },
  {
    id: 'limit_reached_at',
    header: 'Limit reached',
    hideBelow: 'md',
    sortValue: (row) => row.limit_reached_at,
    cell: (row) =>
      row.limit_reached_at ? <DateTime value={row.limit_reached_at} style="day-minute" /> : '–',
  },
];

/** Every meter of the organisation, with the straight-line forecast of the month. */
export function MeterTable({ rows }: { rows: CurrentUsageRow[] }) {
  return (
    <DataTable
      label="Meters"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.meter}
      searchable={rows.length > 10}
      empty={null}
    />
  );
}
