import type { Tx } from '@/lib/infra/db';
import { money } from '@/lib/kernel/money';
import { followCohorts } from './cohorts';
import { type Forecast, forecastSeries, INTERVAL_PCT, NEEDED_MONTHS } from './forecast';
import {
  arpaOf,
  arrOf,
  grrOf,
  lifetimeValues,
  logoChurnOf,
  type MrrMonth,
  nrrOf,
  percentOf,
  revenueChurnOf,
  rollForward,
} from './metrics';
import { addMonths, type Month, monthOf, monthsFrom } from './months';
import {
  type MoneyMonth,
  readCohortChanges,
  readCurrencies,
  readMoney,
  readMovementSums,
  readTrials,
  readYear,
  type TrialMonth,
} from './read-sums';
import type {
  Books,
  CohortsDto,
  ForecastDto,
  ForecastQuery,
  RevenueDto,
  RevenueMonthDto,
  RevenueQuery,
} from './schemas';

/** Where nothing was ever sold. */
const FALLBACK = 'usd';

/** The months that a query asks about, oldest first. */
function windowOf({ months, until }: RevenueQuery, now: Date): Month[] {
  const last = until ?? monthOf(now);
  return monthsFrom(addMonths(last, 1 - months), last);
}

/** The books that were asked for; in the currency of most customers where none was named. */
export async function pickBooks(
  tx: Tx,
  { tenants, currency }: { tenants: Books['tenants']; currency?: string | undefined },
): Promise<Books> {
  return { tenants, currency: currency ?? (await readCurrencies(tx, tenants))[0] ?? FALLBACK };
}

type Side = { money: MoneyMonth | undefined; trials: TrialMonth | undefined; ltv: number | null };

function toMonth(
  mrr: MrrMonth,
  { money: paid, trials, ltv }: Side,
  currency: string,
  running: Month,
): RevenueMonthDto {
  const cents = (amount: number) => money(amount, currency);
  const maybe = (amount: number | null) => (amount === null ? null : cents(amount));
  const moved = ({ amount, customers }: MrrMonth['movements']['new']) => ({
    amount: cents(amount),
    customers,
  });
  const { movements } = mrr;
  const ended = trials?.ended ?? 0;
  const converted = trials?.converted ?? 0;
  return {
    month: mrr.month,
    complete: mrr.month < running,
    mrr_start: cents(mrr.mrrStart),
    mrr: cents(mrr.mrr),
    arr: cents(arrOf(mrr)),
    customers_start: mrr.customersStart,
    customers: mrr.customers,
    movements: {
      new: moved(movements.new),
      expansion: moved(movements.expansion),
      contraction: moved(movements.contraction),
      churn: moved(movements.churn),
      reactivation: moved(movements.reactivation),
    },
    arpa: maybe(arpaOf(mrr)),
    logo_churn_pct: logoChurnOf(mrr),
    revenue_churn_pct: revenueChurnOf(mrr),
    nrr_pct: nrrOf(mrr),
    grr_pct: grrOf(mrr),
    ltv: maybe(ltv),
    trials: { ended, converted, conversion_pct: percentOf(converted, ended) },
    invoiced: cents(paid?.invoiced ?? 0),
    recognised: cents(paid?.recognised ?? 0),
    cash: cents(paid?.cash ?? 0),
  };
}

/** Every month's figures, of one currency, in the caller's cross-tenant transaction. */
export async function readRevenue(tx: Tx, query: RevenueQuery, now: Date): Promise<RevenueDto> {
  const wanted = windowOf(query, now);
  const [first = '', last = ''] = [wanted[0], wanted.at(-1)];
  const currencies = await readCurrencies(tx, query.tenants);
  const currency = query.currency ?? currencies[0] ?? FALLBACK;
  const books = { tenants: query.tenants, currency };
  const base = addMonths(last, -12);
  const months = rollForward(await readMovementSums(tx, books, last), wanted);
  const paid = await readMoney(tx, books, last);
  const trials = await readTrials(tx, books, first, last);
  const year = await readYear(tx, books, base, last);
  const ltv = lifetimeValues(months);
  const side = (month: Month, at: number): Side => ({
    money: paid.find((one) => one.month === month),
    trials: trials.find((one) => one.month === month),
    ltv: ltv[at] ?? null,
  });
  return {
    currency,
    currencies,
    as_of: now.toISOString(),
    months: months.map((mrr, at) => toMonth(mrr, side(mrr.month, at), currency, monthOf(now))),
    year: {
      base_month: base,
      customers: year.customers,
      mrr: money(year.then, currency),
      nrr_pct: percentOf(year.now, year.then),
      grr_pct: percentOf(year.kept, year.then),
    },
    deferred: money(
      paid.reduce((sum, { invoiced, recognised }) => sum + invoiced - recognised, 0),
      currency,
    ),
  };
}

/** Cohorts that began in the months asked for, in the caller's cross-tenant transaction. */
export async function readCohorts(tx: Tx, query: RevenueQuery, now: Date): Promise<CohortsDto> {
  const wanted = windowOf(query, now);
  const [first = '', last = ''] = [wanted[0], wanted.at(-1)];
  const books = await pickBooks(tx, query);
  const { currency } = books;
  const cohorts = followCohorts(await readCohortChanges(tx, books, first, last), wanted);
  return {
    currency,
    cohorts: cohorts.map(({ began, kept }) => {
      const { customers, amount } = kept[0] ?? { customers: 0, amount: 0 };
      return {
        month: began,
        customers,
        mrr: money(amount, currency),
        kept: kept.map((month) => ({
          customers: month.customers,
          mrr: money(month.amount, currency),
          customers_pct: percentOf(month.customers, customers),
          mrr_pct: percentOf(month.amount, amount),
        })),
      };
    }),
  };
}

function toForecast(
  { method, steps, backtest }: Forecast,
  next: Month,
  currency: string,
): NonNullable<ForecastDto['forecast']> {
  const cents = (amount: number) => money(Math.round(amount), currency);
  const errors = backtest.errors.map((one) => ({
    method: one.method,
    error: cents(one.mae),
    error_pct: one.mapePct,
  }));
  const of = (name: typeof method) =>
    errors.find((one) => one.method === name) ?? { method: name, error: cents(0), error_pct: null };
  return {
    method,
    months: steps.map(({ value, low, high }, at) => ({
      month: addMonths(next, at),
      mrr: cents(value),
      low: cents(low),
      high: cents(high),
    })),
    interval_pct: INTERVAL_PCT,
    backtest: {
      forecasts: backtest.forecasts,
      origins: backtest.origins,
      chosen: of(method),
      naive: of('naive'),
      methods: errors,
    },
  };
}

/** The next months' MRR from that of all complete months since the first customer. */
export async function readForecast(tx: Tx, query: ForecastQuery, now: Date): Promise<ForecastDto> {
  const books = await pickBooks(tx, query);
  const { currency } = books;
  const running = monthOf(now);
  const last = addMonths(running, -1);
  const sums = await readMovementSums(tx, books, last);
  const history = rollForward(sums, monthsFrom(sums[0]?.month ?? running, last));
  const forecast = forecastSeries(history.map(({ mrr }) => mrr));
  return {
    currency,
    history: history.map(({ month, mrr }) => ({ month, mrr: money(mrr, currency) })),
    forecast: forecast ? toForecast(forecast, running, currency) : null,
    complete_months: history.length,
    needed_months: NEEDED_MONTHS,
  };
}
