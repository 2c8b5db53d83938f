import { formatMoney, formatPercent } from '@/components/ui/figure-format';
import type {
  ForecastDto,
  ForecastMethod,
  InvoiceMeasure,
  MovementKind,
} from '@/lib/domains/revenue/schemas';

export const kindWords: Record<MovementKind, string> = {
  new: 'New',
  expansion: 'Expansion',
  contraction: 'Contraction',
  churn: 'Churn',
  reactivation: 'Reactivation',
};

/** Told apart by where they hang and by lightness, not by red and green alone. */
export const kindColours: Record<MovementKind, string> = {
  new: 'text-chart-1',
  expansion: 'text-chart-3',
  contraction: 'text-chart-5',
  churn: 'text-chart-down',
  reactivation: 'text-chart-6',
};

export const measureWords: Record<InvoiceMeasure, { name: string; means: string }> = {
  invoiced: { name: 'Invoiced', means: 'Lines less discounts, without tax, by day of issue.' },
  recognised: {
    name: 'Recognised',
    means: 'What the month earned: each line spread by time over its period.',
  },
  cash: {
    name: 'Cash',
    means: 'What was paid less what was refunded, with tax, by day of payment and of refund.',
  },
};

const methodWords: Record<ForecastMethod, string> = {
  naive: 'leaving MRR where it is',
  drift: 'the mean monthly step so far',
  holt: 'a linear trend (Holt)',
  damped: 'a damped trend',
};

/** Sentences end by themselves; figures as the server writes them, for they stand within sentences. */
export function forecastWords({ forecast, complete_months, needed_months }: ForecastDto): string[] {
  if (!forecast) {
    const missing = needed_months - complete_months;
    return [
      `There are ${complete_months} complete months with MRR, and a forecast needs ${needed_months}.`,
      `It comes in ${missing} ${missing === 1 ? 'month' : 'months'}.`,
    ];
  }
  const { method, backtest, interval_pct } = forecast;
  const off = ({ error, error_pct }: typeof backtest.chosen) => {
    const amount = formatMoney(error.amount, error.currency);
    return error_pct === null ? amount : `${amount} (${formatPercent(error_pct, { digits: 1 })})`;
  };
  const tried = `It was tried on the past: ${backtest.forecasts} forecasts from ${backtest.origins} earlier months, each from what was known then.`;
  const band = `The band is drawn so that ${interval_pct} of 100 of those misses lie within it.`;
  if (method === 'naive') {
    return [
      'No method did better than leaving MRR where it is, so that is the forecast.',
      tried,
      `It was off by ${off(backtest.naive)} on average.`,
      band,
    ];
  }
  const saved = 100 - (backtest.chosen.error.amount / backtest.naive.error.amount) * 100;
  return [
    `The forecast is by ${methodWords[method]}.`,
    tried,
    `It was off by ${off(backtest.chosen)} on average; leaving MRR where it was, by ${off(backtest.naive)}: ${formatPercent(saved, { digits: 0 })} less.`,
    band,
  ];
}
