import { type Metric, MetricGrid, type MetricGroup } from '@/components/patterns/metric-grid';
import { Percent, Quantity } from '@/components/ui/figures';
import { Duration } from './duration';

/** A metric as the engine defines it. */
export type MetricInfo = {
  name: string;
  title: string;
  unit: 'percent' | 'currency' | 'ratio' | 'seconds' | 'count';
  definition: string;
  formula: string;
};

const GROUPS: readonly { title: string; names: readonly string[] }[] = [
  {
    title: 'Return',
    names: [
      'return_pct',
      'buy_hold_return_pct',
      'return_ann_pct',
      'cagr_pct',
      'cagr_calendar_pct',
      'alpha_pct',
      'beta',
      'equity_final',
      'equity_peak',
      'commissions',
      'exposure_time_pct',
    ],
  },
  {
    title: 'Risk',
    names: [
      'volatility_ann_pct',
      'sharpe',
      'sharpe_arithmetic',
      'sortino',
      'calmar',
      'max_drawdown_pct',
      'avg_drawdown_pct',
      'max_drawdown_duration_s',
      'avg_drawdown_duration_s',
    ],
  },
];

function valueOf(info: MetricInfo, value: number | null, currency: string) {
  if (info.unit === 'seconds') return <Duration seconds={value} />;
  if (info.unit === 'currency') return <Quantity value={value} unit={currency} />;
  if (info.unit === 'count') return <Quantity value={value} digits={0} />;
  if (info.unit === 'ratio') return <Quantity value={value} digits={3} />;
  return (
    <Percent value={value} signed={info.name.includes('return') || info.name === 'alpha_pct'} />
  );
}

/** All metrics of a run, grouped; what stands in no group is among the trades'. */
export function MetricGroups({
  definitions,
  metrics,
  currency,
}: {
  definitions: readonly MetricInfo[];
  metrics: Readonly<Record<string, number | null>>;
  currency: string;
}) {
  const shown = (info: MetricInfo): Metric => ({
    name: info.title,
    definition: info.definition,
    formula: info.formula,
    value: valueOf(info, metrics[info.name] ?? null, currency),
  });
  const grouped = new Set(GROUPS.flatMap(({ names }) => names));
  const groups: MetricGroup[] = GROUPS.map(({ title, names }) => ({
    title,
    metrics: names.flatMap((name) => definitions.filter((info) => info.name === name).map(shown)),
  }));
  const trades = definitions.filter(({ name }) => !grouped.has(name)).map(shown);
  return <MetricGrid groups={[...groups, { title: 'Trades', metrics: trades }]} />;
}
