'use client';

import { type ReactNode, useMemo, useState } from 'react';
import { CandleChart } from '@/components/patterns/charts/candle-chart';
import type { CandleMarker } from '@/components/patterns/charts/candle-types';
import { EquityChart } from '@/components/patterns/charts/equity-chart';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import type { BacktestDetail, EquityDto, TradeDto } from '@/lib/domains/trading/backtests/schemas';
import type { BarDto } from '@/lib/domains/trading/market-data/schemas';
import { barLoader, precisionOf, toCandle } from './bars-for-chart';
import { TradeTable } from './trade-table';

const seconds = (time: string) => Date.parse(time) / 1000;

type Props = {
  run: BacktestDetail;
  equity: readonly EquityDto[];
  trades: readonly TradeDto[];
  /** The newest bars of the run's window; empty when the instrument is gone. */
  bars: readonly BarDto[];
  /** Price step of the instrument. */
  point: number;
  note: string;
  /** Between the charts and the trades, which may be many: the metrics. */
  children: ReactNode;
};

/** Equity with its drawdown, trades on the candles, and the trades one by one; a trade chosen is brought into view. */
export function RunResult({ run, equity, trades, bars, point, note, children }: Props) {
  const tenant = useShellTenant() ?? '';
  const [focus, setFocus] = useState<{ from: number; to: number } | null>(null);
  const series = useMemo(
    () => ({
      time: equity.map((one) => seconds(one.time)),
      equity: equity.map((one) => one.equity),
      drawdownPct: equity.map((one) => one.drawdown_pct),
    }),
    [equity],
  );
  const candles = useMemo(() => bars.map(toCandle), [bars]);
  const markers = useMemo(() => trades.flatMap(markersOf), [trades]);
  const underwater = useMemo(
    () => equity.map((one) => ({ time: seconds(one.time), value: one.drawdown_pct })),
    [equity],
  );
  const { symbol, timeframe, first_bar: from, last_bar: to } = run;
  const whole = bars.length >= (run.bars ?? 0);
  const loadBars = useMemo(
    () => barLoader(tenant, symbol, timeframe, { from, to }),
    [tenant, symbol, timeframe, from, to],
  );
  return (
    <div className="grid gap-6">
      <EquityChart
        title="Equity, back-test"
        series={series}
        currency={run.currency}
        note={note}
        fileName={`${run.id}-equity`}
      />
      {candles.length > 0 ? (
        <CandleChart
          title={`Trades on ${symbol}, ${timeframe}`}
          bars={candles}
          {...(whole ? { underwater } : { loadBars })}
          markers={markers}
          focus={focus}
          pricePrecision={precisionOf(point)}
          fileName={`${symbol}-${timeframe}`}
          note="Arrow up: bought. Arrow down: sold short. Square: closed."
        />
      ) : null}
      {children}
      <TradeTable
        run={run}
        trades={trades}
        onShow={(trade) =>
          setFocus({ from: seconds(trade.entry_time), to: seconds(trade.exit_time) })
        }
      />
    </div>
  );
}

function markersOf(trade: TradeDto): CandleMarker[] {
  const sign = trade.return_pct > 0 ? '+' : '';
  return [
    { time: seconds(trade.entry_time), kind: trade.side },
    {
      time: seconds(trade.exit_time),
      kind: 'exit',
      text: `${sign}${trade.return_pct.toFixed(1)}%`,
    },
  ];
}
