import type { Metrics } from './metric-definitions';
import { drawdownMetrics } from './metrics-drawdowns';
import { betaOf, ratio, returnMetrics } from './metrics-returns';
import { exposurePct, tradeMetrics } from './metrics-trades';
import type { BacktestResult, Bars } from './types';

/**
 * Every metric of a run, by the definitions of `metricDefinitions`. `bars` are the ones that were run.
 * null is undefined: no trades, no losses to divide by, an account that fell to zero.
 */
export function computeMetrics(bars: Bars, result: BacktestResult): Metrics {
  const { equity, trades, cash, warmup } = result;
  const last = equity.length - 1;
  const equityFinal = equity[last]!;
  const returnPct = 100 * (equityFinal / cash - 1);
  const firstClose = bars.close[warmup] ?? 0;
  const buyHold = firstClose > 0 ? 100 * (bars.close[last]! / firstClose - 1) : null;
  const beta = betaOf(bars.close, equity);
  const annual = returnMetrics(bars, equity);
  const drawdowns = drawdownMetrics(bars.time, equity);
  return {
    exposure_time_pct: exposurePct(trades, result.bars),
    equity_final: equityFinal,
    return_pct: returnPct,
    buy_hold_return_pct: buyHold,
    beta,
    alpha_pct: beta === null || buyHold === null ? null : returnPct - beta * buyHold,
    ...annual,
    ...drawdowns,
    calmar: ratio(annual.return_ann_pct, -(drawdowns.max_drawdown_pct ?? 0)),
    ...tradeMetrics(trades),
  };
}
