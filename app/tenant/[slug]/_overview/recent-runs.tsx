import { FlaskConical } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { BacktestStatus } from '@/components/trading/backtest-status';
import { Card, CardHeader } from '@/components/ui/card';
import { DateTime, Percent } from '@/components/ui/figures';
import { LinkButton } from '@/components/ui/link-button';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import { TextLink } from '@/components/ui/text-link';
import type { listBacktests } from '@/lib/domains/trading/backtests';

type Run = Awaited<ReturnType<typeof listBacktests>>['data'][number];

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
      <Table label="Recent back-tests">
        <TableHead>
          <TableRow>
            <TableHeader>Strategy</TableHeader>
            <TableHeader>Status</TableHeader>
            <TableHeader figures>Return</TableHeader>
            <TableHeader figures className="max-sm:hidden">
              Max. drawdown
            </TableHeader>
            <TableHeader className="max-md:hidden">Started</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {runs.map((run) => (
            <TableRow key={run.id}>
              <TableCell>
                <TextLink href={`${base}/backtests/${run.id}`}>{run.name}</TextLink>
                <span className="block text-muted text-sm">
                  {run.symbol} · {run.timeframe}
                </span>
              </TableCell>
              <TableCell>
                <BacktestStatus status={run.status} progress={run.progress} />
              </TableCell>
              <TableCell figures>
                <Percent value={run.metrics?.return_pct ?? null} signed />
              </TableCell>
              <TableCell figures className="max-sm:hidden">
                <Percent value={run.metrics?.max_drawdown_pct ?? null} />
              </TableCell>
              <TableCell className="max-md:hidden">
                <DateTime value={run.created_at} relative />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
