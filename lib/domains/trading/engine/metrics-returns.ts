import type { Metrics } from './metric-definitions';
import type { Bars } from './types';

const DAY_MS = 86_400_000;

/** How the data counts time: the trading periods of a year and the length of one. */
export interface TradingCalendar {
  /** Trading periods in a year (A). */
  readonly perYear: number;
  /** Calendar days of one period. */
  readonly days: number;
  /** The number of the UTC period that holds an instant. */
  readonly periodOf: (time: number) => number;
}

const DAILY = (time: number) => Math.floor(time / DAY_MS);
// 1 January 1970 was a Thursday; weeks end on Sunday.
const WEEKLY = (time: number) => Math.floor((DAILY(time) + 3) / 7);
const MONTHLY = (time: number) => {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
const YEARLY = (time: number) => new Date(time).getUTCFullYear();

/** More bars on weekends than this share and the market never sleeps: 60 % of an even spread. */
const WEEKEND_SHARE = (2 / 7) * 0.6;

/** The calendar that the bars themselves keep: by their usual spacing, and by whether they know weekends. */
export function tradingCalendar(time: Float64Array): TradingCalendar {
  const spacing = Math.floor(usualSpacing(time) / DAY_MS);
  if (spacing === 7) return { perYear: 52, days: 7, periodOf: WEEKLY };
  if (spacing >= 28 && spacing <= 31) return { perYear: 12, days: 365.25 / 12, periodOf: MONTHLY };
  if (spacing === 365 || spacing === 366) return { perYear: 1, days: 365.25, periodOf: YEARLY };
  let weekend = 0;
  for (let i = 0; i < time.length; i++) {
    // 0 is Monday.
    if ((((DAILY(time[i]!) + 3) % 7) + 7) % 7 >= 5) weekend++;
  }
  const perYear = weekend / time.length > WEEKEND_SHARE ? 365 : 252;
  return { perYear, days: 1, periodOf: DAILY };
}

/** Median distance of the last hundred bars, in milliseconds. */
function usualSpacing(time: Float64Array): number {
  const recent = time.subarray(-101);
  const gaps = Array.from(recent.subarray(1), (now, index) => now - recent[index]!);
  gaps.sort((left, right) => left - right);
  const middle = gaps.length >> 1;
  const upper = gaps[middle] ?? 0;
  return gaps.length % 2 === 1 ? upper : ((gaps[middle - 1] ?? 0) + upper) / 2;
}

/** Sums over the returns from one period's last equity to the next one's. */
interface PeriodReturns {
  /** Period-end equities (one more than there are returns). */
  readonly periods: number;
  readonly growth: number;
  readonly mean: number;
  /** Sample variance; null with fewer than two returns. */
  readonly variance: number | null;
  /** Mean of min(r, 0)². */
  readonly downside: number;
  /** False when an equity at or below zero makes growth meaningless. */
  readonly positive: boolean;
}

function periodReturns(
  time: Float64Array,
  equity: Float64Array,
  calendar: TradingCalendar,
): PeriodReturns {
  let periods = 0;
  let first = Number.NaN;
  let previous = Number.NaN;
  let mean = 0;
  let squares = 0;
  let downside = 0;
  let positive = true;
  for (let i = 0; i < time.length; i++) {
    const last = i + 1 === time.length;
    if (!last && calendar.periodOf(time[i]!) === calendar.periodOf(time[i + 1]!)) continue;
    const value = equity[i]!;
    if (value <= 0) positive = false;
    if (periods === 0) first = value;
    else {
      const change = value / previous - 1;
      // Welford's update keeps the variance exact where all returns are nearly alike.
      const before = change - mean;
      mean += before / periods;
      squares += before * (change - mean);
      if (change < 0) downside += change * change;
    }
    previous = value;
    periods++;
  }
  const returns = periods - 1;
  return {
    periods,
    growth: previous / first,
    mean,
    variance: returns > 1 ? squares / (returns - 1) : null,
    downside: returns > 0 ? downside / returns : 0,
    positive,
  };
}

type ReturnMetrics = Pick<
  Metrics,
  | 'return_ann_pct'
  | 'volatility_ann_pct'
  | 'cagr_pct'
  | 'cagr_calendar_pct'
  | 'sharpe'
  | 'sharpe_arithmetic'
  | 'sortino'
>;

/** Annual figures by the definitions of `metricDefinitions`. */
export function returnMetrics(bars: Bars, equity: Float64Array): ReturnMetrics {
  const { time } = bars;
  const calendar = tradingCalendar(time);
  const { perYear } = calendar;
  const returns = periodReturns(time, equity, calendar);
  const { periods, variance, positive } = returns;
  const rate = positive && periods > 1 ? returns.growth ** (1 / periods) : null;
  const annual = rate === null ? null : rate ** perYear - 1;
  const volatility =
    rate === null || variance === null
      ? null
      : Math.sqrt(Math.max(0, (variance + rate ** 2) ** perYear - rate ** (2 * perYear)));
  const elapsedDays = (time[time.length - 1]! - time[0]!) / DAY_MS;
  const growth = equity[equity.length - 1]! / equity[0]!;
  const compound = (yearDays: number) =>
    positive && elapsedDays > 0 ? 100 * (growth ** (yearDays / elapsedDays) - 1) : null;
  const scatter = variance === null ? 0 : Math.sqrt(variance);
  return {
    return_ann_pct: percent(annual),
    volatility_ann_pct: percent(volatility),
    cagr_pct: compound(perYear * calendar.days),
    cagr_calendar_pct: compound(365.25),
    sharpe: ratio(annual, volatility),
    sharpe_arithmetic: ratio(returns.mean * Math.sqrt(perYear), scatter),
    sortino: ratio(annual, Math.sqrt(returns.downside * perYear)),
  };
}

function percent(value: number | null): number | null {
  return value === null ? null : 100 * value;
}

/** null where either part is undefined or the divisor is not above zero. */
export function ratio(dividend: number | null, divisor: number | null): number | null {
  return dividend === null || divisor === null || !(divisor > 0) ? null : dividend / divisor;
}

/** Beta from the bars' log returns; null where prices or equity were not above zero, or the price never moved. */
export function betaOf(close: Float64Array, equity: Float64Array): number | null {
  let count = 0;
  let meanMarket = 0;
  let meanEquity = 0;
  let shared = 0;
  let own = 0;
  for (let i = 1; i < close.length; i++) {
    const market = Math.log(close[i]! / close[i - 1]!);
    const account = Math.log(equity[i]! / equity[i - 1]!);
    if (!Number.isFinite(market) || !Number.isFinite(account)) return null;
    count++;
    const distance = market - meanMarket;
    meanMarket += distance / count;
    meanEquity += (account - meanEquity) / count;
    own += distance * (market - meanMarket);
    shared += distance * (account - meanEquity);
  }
  return count > 1 ? (own > 0 ? shared / own : null) : null;
}
