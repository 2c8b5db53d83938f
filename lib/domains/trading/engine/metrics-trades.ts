import type { Metrics } from './metric-definitions';
import type { TradeColumns } from './types';

type TradeMetrics = Pick<
  Metrics,
  | 'commissions'
  | 'trades'
  | 'win_rate_pct'
  | 'best_trade_pct'
  | 'worst_trade_pct'
  | 'avg_trade_pct'
  | 'max_trade_duration_s'
  | 'avg_trade_duration_s'
  | 'profit_factor'
  | 'profit_factor_cash'
  | 'expectancy_pct'
  | 'sqn'
  | 'kelly'
>;

/** Figures over closed trades; null where there are too few of them to say. */
export function tradeMetrics(trades: TradeColumns): TradeMetrics {
  const { count, pnl, returnPct } = trades;
  const wins = sumWhere(pnl, (value) => value > 0);
  const losses = sumWhere(pnl, (value) => value < 0);
  const gains = sumWhere(returnPct, (value) => value > 0);
  const drops = sumWhere(returnPct, (value) => value < 0);
  const winRate = wins.count / count;
  const durations = trades.exitTime.map((exit, index) => (exit - trades.entryTime[index]!) / 1_000);
  const perTrade = (sum: number) => (count === 0 ? null : sum / count);
  const payoff = wins.sum / wins.count / (-losses.sum / losses.count);
  return {
    commissions: total(trades.commission),
    trades: count,
    win_rate_pct: perTrade(100 * wins.count),
    best_trade_pct: count === 0 ? null : returnPct.reduce((a, b) => Math.max(a, b)),
    worst_trade_pct: count === 0 ? null : returnPct.reduce((a, b) => Math.min(a, b)),
    avg_trade_pct: geometricMeanPct(returnPct),
    max_trade_duration_s: count === 0 ? null : durations.reduce((a, b) => Math.max(a, b)),
    avg_trade_duration_s: perTrade(total(durations)),
    profit_factor: drops.count === 0 ? null : gains.sum / -drops.sum,
    profit_factor_cash: losses.count === 0 ? null : wins.sum / -losses.sum,
    expectancy_pct: perTrade(total(returnPct)),
    sqn: systemQuality(pnl),
    kelly: wins.count === 0 || losses.count === 0 ? null : winRate - (1 - winRate) / payoff,
  };
}

/** Share of bars between the entry and exit of some trade, both included; trades come in order. */
export function exposurePct(trades: TradeColumns, bars: number): number {
  let covered = 0;
  let next = 0;
  for (let i = 0; i < trades.count; i++) {
    const from = Math.max(trades.entryIndex[i]!, next);
    covered += trades.exitIndex[i]! + 1 - from;
    next = trades.exitIndex[i]! + 1;
  }
  return (100 * covered) / bars;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function sumWhere(values: Float64Array, wanted: (value: number) => boolean) {
  let count = 0;
  let sum = 0;
  for (const value of values) {
    if (!wanted(value)) continue;
    count++;
    sum += value;
  }
  return { count, sum };
}

/** null without trades, and where a trade lost all or more: no rate of growth describes that. */
function geometricMeanPct(returnPct: Float64Array): number | null {
  let logs = 0;
  for (const value of returnPct) {
    if (value <= -100) return null;
    logs += Math.log1p(value / 100);
  }
  return returnPct.length === 0 ? null : 100 * Math.expm1(logs / returnPct.length);
}

function systemQuality(pnl: Float64Array): number | null {
  const count = pnl.length;
  if (count < 2) return null;
  const mean = total(pnl) / count;
  let squares = 0;
  for (const value of pnl) squares += (value - mean) ** 2;
  return squares === 0 ? null : (Math.sqrt(count) * mean) / Math.sqrt(squares / (count - 1));
}
