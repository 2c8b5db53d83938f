import { FlaskConical } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { BacktestStatus } from '@/components/trading/backtest-status';
import { Card, CardHeader } from '@/components/ui/card';
import { DateTime, Percent } from '@/components/ui/figures';
import { LinkButton } from '@/components/ui/link-button';
import { TextLink } from '@/components/ui/text-link';
import type { listBacktests } from '@/lib/domains/trading/backtests';

type Run = Awaited<ReturnType<typeof listBacktests>>['data'][number];

const columnsOf = (base: string): PlainColumn<Run>[] => [
  {
    id: 'strategy',
    header: 'Strategy',
    cell: (run) => (
      <>
        <TextLink href={`${base}/backtests/${run.id}`}>{run.name}</TextLink>
        <span className="block text-muted text-sm">
          {run.symbol} · {run.timeframe}
        </span>
      </>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    cell: ({ status, progress }) => <BacktestStatus status={status} progress={progress} />,
  },
  {
    id: 'return',
    header: 'Return',
    figures: true,
    inCard: 'lead',
    cell: ({ metrics }) => <Percent value={metrics?.return_pct ?? null} signed />,
  },
  {
    id: 'drawdown',
    header: 'Max. drawdown',
    figures: true,
    cell: ({ metrics }) => <Percent value={metrics?.max_drawdown_pct ?? null} />,
  },
  {
    id: 'started',
    header: 'Started',
    hideBelow: 'md',
    cell: (run) => <DateTime value={run.created_at} relative />,
  },
];

/** The latest back-tests with the two figures that are looked at first. */
export function RecentRuns({ runs, base, mayRun }: { runs: Run[]; base: string; mayRun: boolean }) {
  if (runs.length === 0) {
    return (
      <EmptyState
        icon={<FlaskConical />}
        title="No back-tests yet"
        action={
          mayRun ? <LinkButton href={`${base}/backtests/new`}>Run a back-test</LinkButton> : null
        }
      >
        A back-test plays a strategy over past bars, with costs, and shows every trade it would have
        made.
      </EmptyState>
    );
  }
  return (
    <Card>
      <CardHeader
        title="Recent back-tests"
        actions={<TextLink href={`${base}/backtests`}>All back-tests</TextLink>}
      />
      <PlainTable
        label="Recent back-tests"
        columns={columnsOf(base)}
        rows={runs}
        rowKey={({ id }) => id}
      />
    </Card>
  );
}
