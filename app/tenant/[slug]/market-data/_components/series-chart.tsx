'use client';

import { useMemo } from 'react';
import { CandleChart } from '@/components/patterns/charts/candle-chart';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { barLoader, precisionOf, toCandle } from '@/components/trading/bars-for-chart';
import { DateTime, Quantity } from '@/components/ui/figures';
import type { BarDto, InstrumentDto } from '@/lib/domains/trading/market-data/schemas';

type Props = {
  instrument: InstrumentDto;
  timeframe: InstrumentDto['series'][number]['timeframe'];
  bars: readonly BarDto[];
};

/** One timeframe of an instrument: the newest bars, and the older ones as the reader moves there. */
export function SeriesChart({ instrument, timeframe, bars }: Props) {
  const { symbol, point } = instrument;
  const tenant = useShellTenant() ?? '';
  const candles = useMemo(() => bars.map(toCandle), [bars]);
  const loadBars = useMemo(() => barLoader(tenant, symbol, timeframe), [tenant, symbol, timeframe]);
  const series = instrument.series.find((one) => one.timeframe === timeframe);
  return (
    <CandleChart
      title={`${symbol}, ${timeframe}`}
      bars={candles}
      {...(series && series.bars > bars.length ? { loadBars } : {})}
      pricePrecision={precisionOf(point)}
      fileName={`${symbol}-${timeframe}`}
      note={
        series ? (
          <>
            <Quantity value={series.bars} unit="bars" /> from{' '}
            <DateTime value={series.first_at} style="date" /> to{' '}
            <DateTime value={series.last_at} style="date" />
          </>
        ) : null
      }
    />
  );
}
