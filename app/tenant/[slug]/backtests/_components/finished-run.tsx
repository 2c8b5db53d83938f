import { StatRow, StatTile } from '@/components/patterns/stat-tile';
import { CHART_BARS } from '@/components/trading/bars-for-chart';
import { Duration } from '@/components/trading/duration';
import { MetricGroups } from '@/components/trading/metric-groups';
import { RunResult } from '@/components/trading/run-result';
import { Callout } from '@/components/ui/callout';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Delta, Percent, Quantity } from '@/components/ui/figures';
import { listTrades, readEquityChart } from '@/lib/domains/trading/backtests';
import { type BacktestDetail, seriesQuery } from '@/lib/domains/trading/backtests/schemas';
import { metricDefinitions } from '@/lib/domains/trading/engine';
import { getInstrument, listBars } from '@/lib/domains/trading/market-data';
import { listBarsQuery } from '@/lib/domains/trading/market-data/schemas';
import { isDomainError } from '@/lib/kernel/errors';
import type { Ctx } from '@/lib/kernel/ctx';
import { pageCtx } from '@/lib/transport/page-ctx';

const MOST_TRADES = 10_000;
const TILES = ['return_pct', 'max_drawdown_pct', 'sharpe', 'win_rate_pct'] as const;

type Props = { run: BacktestDetail; slug: string; note: string };

/** Everything about a run that succeeded. */
export async function FinishedRun({ run, slug, note }: Props) {
  const { ctx } = await pageCtx(slug);
  const [equity, trades, price] = await Promise.all([
    readEquityChart(ctx, run.id),
    listTrades(ctx, run.id, seriesQuery.parse({ limit: MOST_TRADES })),
    pricesOf(ctx, run),
  ]);
  const metrics = run.metrics ?? {};
  return (
    <div className="grid gap-6">
      <StatRow>
        {TILES.map((name) => {
          const info = metricDefinitions.find((one) => one.name === name);
          const value = metrics[name] ?? null;
          return (
            <StatTile
              key={name}
              name={info?.title ?? name}
              {...(info ? { definition: info.definition, formula: info.formula } : {})}
              value={
                info?.unit === 'percent' ? (
                  <Percent value={value} signed={name === 'return_pct'} />
                ) : (
                  <Quantity value={value} />
                )
              }
              note={noteOf(name, metrics)}
            />
          );
        })}
      </StatRow>
      <Notes run={run} shown={trades.data.length} />
      <RunResult run={run} equity={equity} trades={trades.data} {...price} note={note}>
        <Card>
          <CardHeader
            title="All metrics"
            description="Press a name for what it means. Definitions are those of backtesting.py 0.6; others are named."
          />
          <CardBody>
            <MetricGroups
              definitions={metricDefinitions}
              metrics={metrics}
              currency={run.currency}
            />
          </CardBody>
        </Card>
      </RunResult>
      <p className="text-sm text-muted">
        Signals on the close of a bar fill at the open of the next. A stop fills at the worse of
        stop and open; where stop loss and take profit lie inside one bar, the stop loss counts. A
        back-test shows what rules would have done on past prices; it says nothing about the future.
      </p>
      <p className="text-sm text-muted">
        Fingerprint of the result{' '}
        <code className="break-all font-mono text-xs text-default">{run.hash}</code>
        <br />
        The same strategy, bars and costs give the same one.
      </p>
    </div>
  );
}

/** What puts a tile's figure into proportion. */
function noteOf(name: (typeof TILES)[number], metrics: NonNullable<BacktestDetail['metrics']>) {
  const figure = (other: string) => metrics[other as keyof typeof metrics] ?? null;
  switch (name) {
    case 'return_pct': {
      const [gain, held] = [figure('return_pct'), figure('buy_hold_return_pct')];
      return gain === null || held === null ? null : (
        <Delta percent={gain - held} against="buy and hold" />
      );
    }
    case 'max_drawdown_pct': {
      const seconds = figure('max_drawdown_duration_s');
      return seconds === null ? null : (
        <>
          longest lasted <Duration seconds={seconds} />
        </>
      );
    }
    case 'sharpe':
      return (
        <>
          at <Percent value={figure('volatility_ann_pct')} /> volatility a year
        </>
      );
    case 'win_rate_pct':
      return (
        <>
          of <Quantity value={figure('trades')} /> {figure('trades') === 1 ? 'trade' : 'trades'}
        </>
      );
  }
}

/** Bars for the chart; the instrument may be gone, its results are not. */
async function pricesOf(ctx: Ctx, run: BacktestDetail) {
  try {
    const { point } = await getInstrument(ctx, run.symbol);
    const query = listBarsQuery.parse({
      timeframe: run.timeframe,
      newest: 'true',
      limit: Math.max(CHART_BARS, (run.bars ?? 0) <= 10_000 ? (run.bars ?? 1) : 1),
      ...(run.first_bar ? { from: run.first_bar } : {}),
      ...(run.last_bar ? { to: run.last_bar } : {}),
    });
    return { point, bars: (await listBars(ctx, run.symbol, query)).data };
  } catch (error) {
    if (isDomainError(error) && error.kind === 'not_found') return { point: 0.01, bars: [] };
    throw error;
  }
}

function Notes({ run, shown }: { run: BacktestDetail; shown: number }) {
  const open = run.open_position;
  if (run.notes.length === 0 && !open && shown >= run.trade_count) return null;
  return (
    <Callout title="What to know about this result">
      <ul className="list-disc pl-4">
        {run.notes.map((note) => (
          <li key={note.code}>
            {note.message}
            {note.count > 1 ? ` (${note.count.toLocaleString('en')} times)` : ''}
          </li>
        ))}
        {open ? (
          <li>
            A {open.side} position of {open.size.toLocaleString('en')} units is still open, entered
            at {open.entry_price.toLocaleString('en')}; it stands at{' '}
            {open.unrealized_pnl.toLocaleString('en', { maximumFractionDigits: 2 })} {run.currency}{' '}
            and is in the equity, not among the trades.
          </li>
        ) : null}
        {shown < run.trade_count ? (
          <li>
            The first {shown.toLocaleString('en')} of {run.trade_count.toLocaleString('en')} trades
            are shown; the CSV has all.
          </li>
        ) : null}
      </ul>
    </Callout>
  );
}
