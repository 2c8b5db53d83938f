'use client';

import { useMemo } from 'react';
import { CandleChart } from '@/components/patterns/charts/candle-chart';
import { EquityChart } from '@/components/patterns/charts/equity-chart';
import { UsageChart } from '@/components/patterns/charts/usage-chart';
import { Chapter } from './specimen';

const DAY = 86_400;
const START = Date.UTC(2018, 0, 1) / 1000;

/** A deterministic course with calm and rough stretches; a shape to look at, not data. */
function course(length: number): number[] {
  return Array.from(
    { length },
    (_, i) => 100 + i * 0.06 + 12 * Math.sin(i / 60) + 5 * Math.sin(i / 11) + 2 * Math.sin(i * 1.7),
  );
}

export function ChartSpecimens() {
  const { series, bars, markers, days } = useMemo(() => {
    const values = course(1200);
    let peak = 0;
    const drawdownPct = values.map((value) => {
      peak = Math.max(peak, value);
      return (value / peak - 1) * 100;
    });
    return {
      series: {
        time: values.map((_, i) => START + i * DAY),
        equity: values.map((v) => v * 100),
        drawdownPct,
        benchmark: values.map((_, i) => 10_000 + i * 5),
      },
      bars: values.slice(1).map((close, i) => {
        const open = values[i] ?? close;
        return {
          time: START + (i + 1) * DAY,
          open,
          close,
          high: Math.max(open, close) + 1.5,
          low: Math.min(open, close) - 1.5,
          volume: 1e6,
        };
      }),
      markers: [
        { time: START + 1060 * DAY, kind: 'long' as const, text: '50' },
        { time: START + 1100 * DAY, kind: 'exit' as const, text: '+4.2%' },
        { time: START + 1140 * DAY, kind: 'short' as const, text: '48' },
      ],
      days: values.slice(0, 30).map((v, i) => ({
        start: new Date((START + i * DAY) * 1000).toISOString(),
        value: Math.round(v * 31),
      })),
    };
  }, []);
  return (
    <Chapter title="Charts">
      <EquityChart
        title="Equity"
        series={series}
        currency="USD"
        note="A shape to look at, not a result"
        level={3}
      />
      <CandleChart
        title="Candles"
        bars={bars}
        markers={markers}
        note="A shape to look at, not a market"
        underwater={bars.map((b, i) => ({ time: b.time, value: series.drawdownPct[i + 1] ?? 0 }))}
      />
      <UsageChart title="API calls" bars={days} granularity="day" unit="calls" />
    </Chapter>
  );
}
