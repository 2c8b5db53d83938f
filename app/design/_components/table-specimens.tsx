'use client';

import { Archive, Ellipsis, FlaskConical, Trash2 } from 'lucide-react';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { EmptyState } from '@/components/patterns/empty-state';
import { Button } from '@/components/ui/button';
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuSeparator,
  MenuTrigger,
} from '@/components/ui/dropdown-menu';
import { DateTime, Percent, Quantity } from '@/components/ui/figures';
import { IconButton } from '@/components/ui/icon-button';
import { Status } from '@/components/ui/badge';
import { Chapter } from './specimen';

interface Row {
  id: string;
  name: string;
  status: 'succeeded' | 'running' | 'failed';
  result: number | null;
  trades: number | null;
  at: string;
}

const rows: Row[] = [
  {
    id: 'a',
    name: 'SMA cross 10/30',
    status: 'succeeded',
    result: 12.4,
    trades: 142,
    at: '2026-11-23T09:12:00Z',
  },
  {
    id: 'b',
    name: 'RSI dip',
    status: 'running',
    result: null,
    trades: null,
    at: '2026-11-22T18:40:00Z',
  },
  {
    id: 'c',
    name: 'Donchian break-out',
    status: 'succeeded',
    result: -4.1,
    trades: 58,
    at: '2026-11-21T07:03:00Z',
  },
  {
    id: 'd',
    name: 'Bollinger fade',
    status: 'failed',
    result: null,
    trades: null,
    at: '2026-11-20T22:15:00Z',
  },
];

const tones = { succeeded: 'positive', running: 'accent', failed: 'negative' } as const;

const columns: Column<Row>[] = [
  {
    id: 'name',
    header: 'Strategy',
    cell: (r) => r.name,
    sortValue: (r) => r.name,
    searchText: (r) => r.name,
  },
  {
    id: 'status',
    header: 'Status',
    cell: (r) => (
      <Status tone={tones[r.status]} live={r.status === 'running'}>
        {r.status}
      </Status>
    ),
  },
  {
    id: 'result',
    header: 'Return',
    cell: (r) => <Percent value={r.result} signed />,
    sortValue: (r) => r.result,
    figures: true,
  },
  {
    id: 'trades',
    header: 'Trades',
    cell: (r) => <Quantity value={r.trades} />,
    sortValue: (r) => r.trades,
    figures: true,
    hideBelow: 'sm',
  },
  {
    id: 'at',
    header: 'Started',
    cell: (r) => <DateTime value={r.at} />,
    sortValue: (r) => r.at,
    figures: true,
    hideBelow: 'md',
  },
];

const empty = (
  <EmptyState
    bare
    icon={<FlaskConical />}
    title="No back-tests yet"
    action={<Button>Start back-test</Button>}
  >
    A back-test runs a strategy over past bars and shows every trade it would have made, costs
    included.
  </EmptyState>
);

export function TableSpecimens() {
  return (
    <Chapter title="Lists">
      <DataTable
        label="Back-tests"
        columns={columns}
        rows={rows}
        rowKey={(r) => r.id}
        rowHref={(r) => `/design?row=${r.id}`}
        searchable
        filters={[
          {
            id: 'status',
            label: 'Status',
            options: [
              { value: 'succeeded', label: 'Succeeded' },
              { value: 'running', label: 'Running' },
              { value: 'failed', label: 'Failed' },
            ],
            match: (r, value) => r.status === value,
          },
        ]}
        nextCursor="next"
        loadMore={async () => ({
          rows: rows.map((r) => ({ ...r, id: `${r.id}${r.id}`, name: `${r.name} again` })),
          nextCursor: null,
        })}
        bulkActions={[{ label: 'Archive', icon: <Archive />, onRun: () => undefined }]}
        rowActions={(r) => (
          <Menu>
            <MenuTrigger asChild>
              <IconButton size="sm" label={`Actions for ${r.name}`} icon={<Ellipsis />} />
            </MenuTrigger>
            <MenuContent>
              <MenuItem icon={<FlaskConical />} shortcut="R">
                Run again
              </MenuItem>
              <MenuSeparator />
              <MenuItem icon={<Trash2 />} destructive>
                Delete
              </MenuItem>
            </MenuContent>
          </Menu>
        )}
        empty={empty}
      />
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-3">
        <DataTable
          label="Back-tests"
          columns={columns.slice(0, 2)}
          rows={[]}
          rowKey={(r: Row) => r.id}
          empty={empty}
          addressPrefix="b_"
        />
        <DataTable
          label="Back-tests"
          columns={columns.slice(0, 3)}
          rows={[]}
          rowKey={(r: Row) => r.id}
          status="loading"
          empty={empty}
          addressPrefix="c_"
        />
        <DataTable
          label="Back-tests"
          columns={columns.slice(0, 2)}
          rows={[]}
          rowKey={(r: Row) => r.id}
          status="error"
          error={{
            message: 'The server did not answer in time. Nothing was lost.',
            reference: 'req_01JD8Z6M4T',
          }}
          onRetry={() => undefined}
          empty={empty}
          addressPrefix="d_"
        />
      </div>
    </Chapter>
  );
}
