'use client';

import { MonthBars } from '@/components/patterns/charts/month-bars';
import { MonthLines } from '@/components/patterns/charts/month-lines';
import {
  type ForecastDto,
  invoiceMeasures,
  movementKinds,
  type RevenueMonthDto,
} from '@/lib/domains/revenue/schemas';
import { forecastWords, kindColours, kindWords, measureWords } from './words';

type Props = { months: readonly RevenueMonthDto[]; currency: string };
const names = (months: Props['months']) => months.map(({ month }) => month);

/** Gains above the line, losses below: what made each month's change. */
export function MovementChart({ months, currency }: Props) {
  return (
    <MonthBars
      title="MRR movements"
      note="Each customer’s change from the month’s start to its end: new, grown and back above the line, shrunk and lost below."
      months={names(months)}
      parts={movementKinds.map((kind) => ({
        label: kindWords[kind],
        colour: kindColours[kind],
        values: months.map(({ movements }) => movements[kind].amount.amount),
      }))}
      unit={{ currency }}
      layout="stacked"
      fileName="mrr-movements"
    />
  );
}

const measureColours = {
  invoiced: 'text-chart-6',
  recognised: 'text-chart-1',
  cash: 'text-chart-3',
} as const;

/** When it was written, earned and paid. */
export function MoneyChart({ months, currency }: Props) {
  return (
    <MonthBars
      title="Invoiced, recognised, cash"
      note="Invoiced and recognised without tax; cash as it was paid."
      months={names(months)}
      parts={invoiceMeasures.map((measure) => ({
        label: measureWords[measure].name,
        colour: measureColours[measure],
        values: months.map((month) => month[measure].amount),
      }))}
      unit={{ currency }}
      layout="side"
      fileName="revenue"
    />
  );
}

/** What is kept of a month's start, with expansion and without. */
export function RetentionChart({ months }: Pick<Props, 'months'>) {
  return (
    <MonthLines
      title="Retention by month"
      note="Of MRR at the month’s start, what the same customers are worth at its end."
      months={names(months)}
      lines={[
        { label: 'NRR', colour: 'text-chart-1', values: months.map(({ nrr_pct }) => nrr_pct) },
        {
          label: 'GRR',
          colour: 'text-chart-2',
          values: months.map(({ grr_pct }) => grr_pct),
          dashed: true,
        },
      ]}
      unit="percent"
      anyGround
      fileName="retention"
    />
  );
}

/** MRR so far and in the months to come, with how far off such forecasts were. */
export function ForecastChart({
  forecast: told,
  currency,
}: {
  forecast: ForecastDto;
  currency: string;
}) {
  const history = told.history.slice(-24);
  const ahead = told.forecast?.months ?? [];
  const before = history.map(() => null);
  // The forecast sets out from the last month that is known.
  const from = history.at(-1);
  const joined = [...before.slice(1), ...(from ? [from.mrr.amount] : [])];
  const forecast = (of: (month: (typeof ahead)[number]) => number) => [
    ...(ahead.length > 0 ? joined : before),
    ...ahead.map(of),
  ];
  return (
    <MonthLines
      title="MRR and forecast"
      note="Complete months, and the six to come."
      footer={forecastWords(told).join(' ')}
      months={[...history, ...ahead].map(({ month }) => month)}
      lines={[
        {
          label: 'MRR',
          colour: 'text-chart-1',
          values: [...history.map(({ mrr }) => mrr.amount), ...ahead.map(() => null)],
        },
        {
          label: 'Forecast',
          colour: 'text-chart-2',
          values: forecast(({ mrr }) => mrr.amount),
          dashed: true,
        },
      ]}
      band={{
        label: `${told.forecast?.interval_pct ?? 80}% interval`,
        low: forecast(({ low }) => low.amount),
        high: forecast(({ high }) => high.amount),
      }}
      unit={{ currency }}
      fileName="mrr-forecast"
    />
  );
}
