'use client';

import { z } from 'zod';
import { CandlestickChart } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Badge } from '@/components/ui/badge';
import { DateTime, Quantity } from '@/components/ui/figures';
import { apiFetch } from '@/lib/client/api-fetch';
import { type InstrumentDto, instrumentDto } from '@/lib/domains/trading/market-data/schemas';

const pageSchema = z.object({
  data: z.array(instrumentDto),
  next_cursor: z.string().nullable(),
});

const latest = (row: InstrumentDto) =>
  row.series.reduce<string | null>(
    (max, { last_at }) => (last_at && (!max || last_at > max) ? last_at : max),
    null,
  );

const columns: Column<InstrumentDto>[] = [
  {
    id: 'symbol',
    header: 'Symbol',
    cell: (row) => (
      <span className="flex items-center gap-2">
        <span className="font-medium text-strong">{row.symbol}</span>
        {row.read_only ? <Badge tone="info">Bundled</Badge> : null}
      </span>
    ),
  },
  { id: 'name', header: 'Name', cell: (row) => row.name, hideBelow: 'sm' },
  {
    id: 'series',
    header: 'Timeframes',
    cell: (row) =>
      row.series.length === 0 ? (
        <span className="text-faint">No bars yet</span>
      ) : (
        <span className="flex flex-wrap gap-1">
          {row.series.map(({ timeframe }) => (
            <Badge key={timeframe}>{timeframe}</Badge>
          ))}
        </span>
      ),
  },
  {
    id: 'bars',
    header: 'Bars',
    figures: true,
    cell: (row) => <Quantity value={row.series.reduce((sum, { bars }) => sum + bars, 0)} />,
  },
  {
    id: 'last',
    header: 'Newest bar',
    figures: true,
    hideBelow: 'md',
    cell: (row) => <DateTime value={latest(row)} style="date" />,
  },
];

type Props = { rows: readonly InstrumentDto[]; nextCursor: string | null; base: string };

export function InstrumentTable({ rows, nextCursor, base }: Props) {
  const tenant = useShellTenant() ?? '';
  return (
    <DataTable
      label="Instruments"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `${base}/market-data/${encodeURIComponent(row.symbol)}`}
      mode="remote"
      searchable
      nextCursor={nextCursor}
      loadMore={async (cursor) => {
        const query = new URLSearchParams({ cursor });
        const search = new URLSearchParams(window.location.search).get('q');
        if (search) query.set('search', search);
        const page = await apiFetch(`/instruments?${query}`, pageSchema, { tenant });
        return { rows: page.data, nextCursor: page.next_cursor };
      }}
      empty={
        <EmptyState bare icon={<CandlestickChart />} title="No instruments yet">
          An instrument is something with a price: a share, an index, a currency pair. Add one and
          upload its bars as CSV.
        </EmptyState>
      }
    />
  );
}
