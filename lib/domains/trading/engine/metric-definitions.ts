export type MetricUnit = 'percent' | 'currency' | 'ratio' | 'seconds' | 'count';

export interface MetricDefinition {
  readonly name: string;
  readonly title: string;
  readonly unit: MetricUnit;
  /** Plain words for people. */
  readonly definition: string;
  readonly formula: string;
}

/**
 * Every metric with its definition, in the order of a report. Definitions are those of backtesting.py 0.6; what
 * other tools mean by the same word stands at the end under a name of its own.
 * `A` is the number of trading periods in a year on the data's own calendar: 252 days, 365 where the data has
 * weekends, 52 weeks, 12 months or 1 year by the spacing of the bars. Periods are UTC.
 */
export const metricDefinitions = [
  {
    name: 'exposure_time_pct',
    title: 'Exposure time',
    unit: 'percent',
    definition:
      'Share of bars on which a closed trade was in the market, its entry and exit bars included.',
    formula: '100 · bars covered by trades / all bars',
  },
  {
    name: 'equity_final',
    title: 'Final equity',
    unit: 'currency',
    definition: 'Cash and open position at the last close.',
    formula: 'equity[last]',
  },
  {
    name: 'equity_peak',
    title: 'Peak equity',
    unit: 'currency',
    definition: 'The highest equity at any close.',
    formula: 'max(equity)',
  },
  {
    name: 'commissions',
    title: 'Commissions',
    unit: 'currency',
    definition: 'Commission paid on closed trades, entry and exit.',
    formula: 'Σ commission of trades',
  },
  {
    name: 'return_pct',
    title: 'Return',
    unit: 'percent',
    definition: 'Gain of equity over the whole run.',
    formula: '100 · (equity[last] / cash − 1)',
  },
  {
    name: 'buy_hold_return_pct',
    title: 'Buy and hold return',
    unit: 'percent',
    definition: 'What the price did from the first close with all indicators defined.',
    formula: '100 · (close[last] / close[w] − 1), w the bars on which some indicator is undefined',
  },
  {
    name: 'return_ann_pct',
    title: 'Annual return',
    unit: 'percent',
    definition: 'Geometric mean of the period returns, carried to a year of trading periods.',
    formula: '100 · ((1 + g)^A − 1), 1 + g = (E_last / E_first)^(1/N) over N period-end equities',
  },
  {
    name: 'volatility_ann_pct',
    title: 'Annual volatility',
    unit: 'percent',
    definition: 'Spread of the period returns, carried to a year with compounding.',
    formula: '100 · √((s² + (1 + g)²)^A − (1 + g)^(2A)), s² the sample variance of period returns',
  },
  {
    name: 'cagr_pct',
    title: 'CAGR',
    unit: 'percent',
    definition: 'Compound growth for each year of A trading days, elapsed days counted against A.',
    formula: '100 · ((equity[last] / equity[first])^(A / elapsed days) − 1)',
  },
  {
    name: 'sharpe',
    title: 'Sharpe ratio',
    unit: 'ratio',
    definition: 'Annual return for each unit of annual volatility; the risk-free rate is 0.',
    formula: 'return_ann_pct / volatility_ann_pct',
  },
  {
    name: 'sortino',
    title: 'Sortino ratio',
    unit: 'ratio',
    definition: 'Annual return for each unit of downside movement.',
    formula: '(return_ann_pct / 100) / (√(mean of min(r, 0)²) · √A), r the period returns',
  },
  {
    name: 'calmar',
    title: 'Calmar ratio',
    unit: 'ratio',
    definition: 'Annual return for each unit of the deepest drawdown.',
    formula: 'return_ann_pct / −max_drawdown_pct',
  },
  {
    name: 'alpha_pct',
    title: 'Alpha',
    unit: 'percent',
    definition: 'Return over the run that the market’s own return times beta does not explain.',
    formula: 'return_pct − beta · buy_hold_return_pct',
  },
  {
    name: 'beta',
    title: 'Beta',
    unit: 'ratio',
    definition: 'How much the equity moves with the price.',
    formula: 'cov(e, m) / var(m), log returns of equity and close from bar to bar',
  },
  {
    name: 'max_drawdown_pct',
    title: 'Maximum drawdown',
    unit: 'percent',
    definition: 'The deepest fall of equity below its highest value so far.',
    formula: '100 · min(equity / running peak − 1)',
  },
  {
    name: 'avg_drawdown_pct',
    title: 'Average drawdown',
    unit: 'percent',
    definition: 'Mean depth of the drawdowns, each taken at its deepest.',
    formula: 'mean over drawdowns of their lowest value',
  },
  {
    name: 'max_drawdown_duration_s',
    title: 'Longest drawdown',
    unit: 'seconds',
    definition: 'Longest time from a peak until it was reached again, or until the last bar.',
    formula: 'max(recovery time − peak time)',
  },
  {
    name: 'avg_drawdown_duration_s',
    title: 'Average drawdown duration',
    unit: 'seconds',
    definition: 'Mean time from a peak until it was reached again, or until the last bar.',
    formula: 'mean(recovery time − peak time)',
  },
  {
    name: 'trades',
    title: 'Trades',
    unit: 'count',
    definition: 'Closed trades.',
    formula: 'n',
  },
  {
    name: 'win_rate_pct',
    title: 'Win rate',
    unit: 'percent',
    definition: 'Share of trades that made money after commission.',
    formula: '100 · (trades with pnl > 0) / n',
  },
  {
    name: 'best_trade_pct',
    title: 'Best trade',
    unit: 'percent',
    definition: 'The highest return of a trade, after commission.',
    formula: 'max(r), r = pnl / value at entry',
  },
  {
    name: 'worst_trade_pct',
    title: 'Worst trade',
    unit: 'percent',
    definition: 'The lowest return of a trade, after commission.',
    formula: 'min(r)',
  },
  {
    name: 'avg_trade_pct',
    title: 'Average trade',
    unit: 'percent',
    definition: 'Geometric mean of the trades’ returns.',
    formula: '100 · ((Π (1 + r))^(1/n) − 1)',
  },
  {
    name: 'max_trade_duration_s',
    title: 'Longest trade',
    unit: 'seconds',
    definition: 'Longest time from entry to exit.',
    formula: 'max(exit time − entry time)',
  },
  {
    name: 'avg_trade_duration_s',
    title: 'Average trade duration',
    unit: 'seconds',
    definition: 'Mean time from entry to exit.',
    formula: 'mean(exit time − entry time)',
  },
  {
    name: 'profit_factor',
    title: 'Profit factor',
    unit: 'ratio',
    definition: 'Returns won for each unit of returns lost.',
    formula: 'Σ r > 0 / |Σ r < 0|',
  },
  {
    name: 'expectancy_pct',
    title: 'Expectancy',
    unit: 'percent',
    definition: 'Plain mean of the trades’ returns.',
    formula: 'mean(r)',
  },
  {
    name: 'sqn',
    title: 'System quality number',
    unit: 'ratio',
    definition: 'How far the mean profit stands out from its scatter (Van Tharp).',
    formula: '√n · mean(pnl) / sample standard deviation(pnl)',
  },
  {
    name: 'kelly',
    title: 'Kelly criterion',
    unit: 'ratio',
    definition: 'The share of capital that maximises growth if the future were like these trades.',
    formula: 'p − (1 − p) / (mean win / mean loss), p the win rate, wins and losses as pnl',
  },
  {
    name: 'cagr_calendar_pct',
    title: 'CAGR (calendar years)',
    unit: 'percent',
    definition: 'Compound growth for each calendar year of 365.25 days.',
    formula: '100 · ((equity[last] / equity[first])^(365.25 / elapsed days) − 1)',
  },
  {
    name: 'sharpe_arithmetic',
    title: 'Sharpe ratio (arithmetic)',
    unit: 'ratio',
    definition:
      'Mean period return over its standard deviation, carried to a year without compounding.',
    formula: 'mean(r) / s · √A',
  },
  {
    name: 'profit_factor_cash',
    title: 'Profit factor (money)',
    unit: 'ratio',
    definition: 'Money won for each unit of money lost.',
    formula: 'Σ pnl > 0 / |Σ pnl < 0|',
  },
] as const satisfies readonly MetricDefinition[];

export type MetricName = (typeof metricDefinitions)[number]['name'];

/** Every metric by name; null is undefined. */
export type Metrics = Readonly<Record<MetricName, number | null>>;
