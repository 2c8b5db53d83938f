import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { BacktestStatus } from '@/components/trading/backtest-status';
import { RunExports } from '@/components/trading/run-exports';
import { Callout } from '@/components/ui/callout';
import { formatTime, SERVER_LOCALE } from '@/components/ui/figure-format';
import { LinkButton } from '@/components/ui/link-button';
import { getBacktestDetail } from '@/lib/domains/trading/backtests';
import { type BacktestDetail, isFinished } from '@/lib/domains/trading/backtests/schemas';
import { allows } from '@/lib/kernel/ctx';
import { foundOrNotFound } from '@/lib/transport/found';
import { pageCtx } from '@/lib/transport/page-ctx';
import { FinishedRun } from '../_components/finished-run';
import { RemoveRun } from '../_components/remove-run';
import { RunProgress } from '../_components/run-progress';

export const metadata: Metadata = { title: 'Back-test' };

type Props = { params: Promise<{ slug: string; id: string }> };

export default async function BacktestPage({ params }: Props) {
  const { slug, id } = await params;
  const { ctx, base } = await pageCtx(slug);
  const run = await foundOrNotFound(getBacktestDetail(ctx, id));
  const mayWrite = allows(ctx.actor, 'backtests:write');
  const over = isFinished(run.status);
  return (
    <>
      <PageHeader
        title={run.name}
        description={`${run.symbol} ${run.timeframe} · ${dates(run)} · ${costs(run)}`}
        badge={<BacktestStatus status={run.status} progress={run.progress} />}
        crumbs={[{ label: 'Back-tests', href: `${base}/backtests` }, { label: run.name }]}
        action={
          over && mayWrite ? (
            <LinkButton href={`${base}/backtests/new?${again(run)}`}>Run another</LinkButton>
          ) : null
        }
        secondary={
          <>
            {run.strategy_id ? (
              <LinkButton variant="secondary" href={`${base}/strategies/${run.strategy_id}`}>
                Strategy
              </LinkButton>
            ) : null}
            {run.status === 'succeeded' ? <RunExports id={run.id} /> : null}
            {over && mayWrite ? <RemoveRun id={run.id} name={run.name} /> : null}
          </>
        }
      />
      <Content run={run} slug={slug} mayWrite={mayWrite} />
    </>
  );
}

function Content({
  run,
  slug,
  mayWrite,
}: {
  run: BacktestDetail;
  slug: string;
  mayWrite: boolean;
}) {
  switch (run.status) {
    case 'queued':
    case 'running':
      return <RunProgress run={run} mayCancel={mayWrite} />;
    case 'failed':
      return (
        <Callout tone="negative" title="This back-test did not finish">
          {run.error?.message}
        </Callout>
      );
    case 'cancelled':
      return (
        <Callout tone="warning" title="This back-test was cancelled">
          {run.started_at
            ? 'It had started, so it counts in this month’s back-tests.'
            : 'It had not started, so it doesn’t count in this month’s back-tests.'}
        </Callout>
      );
    case 'succeeded':
      return <FinishedRun run={run} slug={slug} note={`Back-test, ${dates(run)}, ${costs(run)}`} />;
  }
}

function dates(run: BacktestDetail): string {
  const day = (time: string | null | undefined) =>
    time ? formatTime(new Date(time), 'date', SERVER_LOCALE) : null;
  const from = day(run.first_bar ?? run.from) ?? 'first bar';
  const to = day(run.last_bar ?? run.to) ?? 'last bar';
  return `${from} to ${to}`;
}

function costs({ commission, slippage, currency }: BacktestDetail): string {
  const percent = (rate: number) => `${Number((rate * 100).toFixed(4))} %`;
  const parts: string[] = [];
  if (commission.rate > 0) parts.push(percent(commission.rate));
  if (commission.fixed > 0) parts.push(`${commission.fixed} ${currency}`);
  const slip =
    slippage?.rate !== undefined ? percent(slippage.rate) : `${slippage?.fixed ?? 0} ${currency}`;
  const none = !slippage || Object.values(slippage).every((value) => value === 0);
  return `${parts.length > 0 ? `commission ${parts.join(' + ')} a side` : 'no commission'}, ${none ? 'no slippage' : `slippage ${slip}`}`;
}

function again(run: BacktestDetail): URLSearchParams {
  const query = new URLSearchParams({ symbol: `${run.symbol} ${run.timeframe}` });
  if (run.strategy_id) query.set('strategy', run.strategy_id);
  return query;
}
