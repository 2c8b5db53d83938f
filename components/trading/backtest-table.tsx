'use client';

import { FlaskConical } from 'lucide-react';
import { z } from 'zod';
import { EmptyState } from '@/components/patterns/empty-state';
import { useShellHref, useShellTenant } from '@/components/patterns/shell/shell-context';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { DateTime, Percent, Quantity } from '@/components/ui/figures';
import { LinkButton } from '@/components/ui/link-button';
import { apiFetch } from '@/lib/client/api-fetch';
import {
  type BacktestDto,
  backtestDto,
  backtestStatuses,
  isFinished,
} from '@/lib/domains/trading/backtests/schemas';
import { BacktestStatus } from './backtest-status';
import { freshest, type RunNews, useBacktestNews } from './use-backtest-news';

const pageSchema = z.object({ data: z.array(backtestDto), next_cursor: z.string().nullable() });
const titled = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const statusFilter = {
  id: 'status',
  label: 'Status',
  options: backtestStatuses.map((value) => ({ value, label: titled(value) })),
};

const columnsWith = (news: ReadonlyMap<string, RunNews>): Column<BacktestDto>[] => [
  {
    id: 'name',
    header: 'Strategy',
    cell: (row) => (
      <span className="font-medium text-strong">
        {row.name}
        {row.strategy_version ? (
          <span className="ml-1.5 font-normal text-muted">v{row.strategy_version}</span>
        ) : null}
      </span>
    ),
  },
  { id: 'symbol', header: 'Bars', cell: (row) => `${row.symbol} ${row.timeframe}` },
  {
    id: 'status',
    header: 'Status',
    cell: (row) => <BacktestStatus {...freshest(row, news.get(row.id))} />,
  },
  {
    id: 'return_pct',
    header: 'Return',
    figures: true,
    cell: (row) => <Percent value={row.metrics?.return_pct ?? null} signed />,
  },
  {
    id: 'max_drawdown_pct',
    header: 'Max. drawdown',
    figures: true,
    hideBelow: 'md',
    cell: (row) => <Percent value={row.metrics?.max_drawdown_pct ?? null} />,
  },
  {
    id: 'sharpe',
    header: 'Sharpe',
    figures: true,
    hideBelow: 'lg',
    cell: (row) => <Quantity value={row.metrics?.sharpe ?? null} />,
  },
  {
    id: 'trades',
    header: 'Trades',
    figures: true,
    hideBelow: 'lg',
    cell: (row) => <Quantity value={row.metrics?.trades ?? null} />,
  },
  {
    id: 'created_at',
    header: 'Started',
    figures: true,
    hideBelow: 'sm',
    cell: (row) => <DateTime value={row.created_at} relative />,
  },
];

type Props = {
  rows: readonly BacktestDto[];
  nextCursor: string | null;
  /** Whether the reader may start one. */
  mayStart: boolean;
  /** A short excerpt on another page: without search and filters. */
  plain?: boolean;
};

/** Back-tests, newest first; those under way move by themselves. */
export function BacktestTable({ rows, nextCursor, mayStart, plain = false }: Props) {
  const tenant = useShellTenant() ?? '';
  const href = useShellHref();
  const news = useBacktestNews(rows.some((row) => !isFinished(row.status)));
  return (
    <DataTable
      label="Back-tests"
      columns={columnsWith(news)}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => href(`/backtests/${row.id}`)}
      mode="remote"
      searchable={!plain}
      filters={plain ? [] : [statusFilter]}
      nextCursor={nextCursor}
      loadMore={async (cursor) => {
        const address = new URLSearchParams(window.location.search);
        const query = new URLSearchParams({ cursor });
        const [search, status] = [address.get('q'), address.get('status')];
        if (search) query.set('search', search);
        if (status) query.set('status', status);
        const page = await apiFetch(`/backtests?${query}`, pageSchema, { tenant });
        return { rows: page.data, nextCursor: page.next_cursor };
      }}
      empty={
        <EmptyState
          bare
          icon={<FlaskConical />}
          title="No back-tests yet"
          action={
            mayStart ? (
              <LinkButton href={href('/backtests/new')}>Start the first back-test</LinkButton>
            ) : null
          }
        >
          A back-test runs a strategy over past bars, bar by bar, and shows what it would have
          earned and lost after costs. The S&amp;P 500 from 2000 to 2020 is there to begin with.
        </EmptyState>
      }
    />
  );
}
