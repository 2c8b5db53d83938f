import { sparkPath } from '../patterns/charts/spark-path';
import { formatPercent, formatQuantity, formatTime } from '../ui/figure-format';
import type { DemoRunView, DemoView } from './demo-types';

const day = (iso: string) => formatTime(new Date(`${iso}T00:00:00Z`), 'date');

/** Dates, costs and source, in one line: what a result must never be shown without. */
export function demoNote(demo: DemoView): string {
  return `Back-test on S&P 500 daily bars, ${day(demo.from)} to ${day(demo.to)}, $${formatQuantity(demo.cash)} at the start, ${demo.commissionPct}% commission on each side`;
}

/** The four figures of a run, beside holding the index. */
export function DemoFigures({ demo, run }: { demo: DemoView; run: DemoRunView }) {
  const percent = (value: number) => formatPercent(value, { digits: 1, signed: true });
  const figures = [
    {
      name: 'Return',
      value: percent(run.returnPct),
      note: `holding the index ${percent(demo.benchmarkReturnPct)}`,
    },
    {
      name: 'Largest drawdown',
      value: percent(run.maxDrawdownPct),
      note: `holding ${percent(demo.benchmarkMaxDrawdownPct)}`,
    },
    {
      name: 'Trades',
      value: formatQuantity(run.trades),
      note: `${formatPercent(run.winRatePct, { digits: 0 })} won`,
    },
    {
      name: 'Commission paid',
      value: `$${formatQuantity(Math.round(run.commissions))}`,
      note: 'already taken from the equity',
    },
  ];
  return (
    <dl className="grid grid-cols-2 border-t border-line lg:grid-cols-4">
      {figures.map((figure) => (
        <div
          key={figure.name}
          className="border-line px-4 py-3.5 not-first:lg:border-l max-lg:odd:border-r max-lg:[&:nth-child(n+3)]:border-t"
        >
          <dt className="text-muted text-sm">{figure.name}</dt>
          <dd className="figures font-semibold text-lg text-strong">{figure.value}</dd>
          <dd className="figures text-muted text-sm">{figure.note}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Height of the chart in both forms, so that nothing moves when the live one takes over. */
export const DEMO_HEIGHT = 340;

/** The demo before its code has arrived, and without JavaScript: the same curve, drawn by the server. */
export function DemoStill({ demo, run }: { demo: DemoView; run: DemoRunView }) {
  const { line, area } = sparkPath(run.equity, 1000, 240);
  const held = sparkPath(demo.benchmark, 1000, 240);
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-panel shadow-lg">
      <div className="px-4 pt-3.5">
        <p className="font-semibold text-base text-strong">
          SMA cross {run.fast}/{run.slow}
        </p>
        <p className="text-muted text-sm">{demoNote(demo)}</p>
      </div>
      <div className="px-2 pt-9 pb-2">
        <svg
          role="img"
          aria-label={`Equity of the SMA cross ${run.fast}/${run.slow} and of holding the index`}
          viewBox="0 0 1000 240"
          preserveAspectRatio="none"
          className="w-full text-chart-1"
          style={{ height: DEMO_HEIGHT }}
        >
          <path d={area} fill="currentColor" opacity="0.12" />
          <path
            d={held.line}
            fill="none"
            strokeWidth="1.25"
            strokeDasharray="4 3"
            vectorEffect="non-scaling-stroke"
            className="stroke-chart-6"
          />
          <path
            d={line}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.75"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      </div>
      <DemoFigures demo={demo} run={run} />
    </div>
  );
}
