'use client';

import dynamic from 'next/dynamic';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react';
import { formatPercent, formatTime, formatUtc, type FigureLocale } from '../../ui/figure-format';
import { SegmentedControl } from '../../ui/radio-group';
import { Skeleton } from '../../ui/skeleton';
import { useReader } from '../../ui/use-reader';
import { ChartFrame, ChartReadout } from './chart-frame';
import {
  type ChartRange,
  rangeBounds,
  rangeLabels,
  usefulRanges,
  zoomedBounds,
} from './chart-range';
import { type Bounds, type EquitySeries, isIntraday, nearestIndex } from './equity-types';
import { loadEquityPlot } from './load-equity-plot';

export interface EquityChartProps {
  title: string;
  series: EquitySeries;
  /** ISO code, "USD": equity is in its major unit (dollars), as the trading API gives it. */
  currency: string;
  /** Dates, costs, and that it is a back-test. */
  note?: ReactNode;
  benchmarkLabel?: string;
  fileName?: string;
  /** px, both curves together. */
  height?: number;
  level?: 2 | 3;
  className?: string;
}

const EquityPlot = dynamic(loadEquityPlot, {
  ssr: false,
  loading: () => <Skeleton className="size-full" />,
});

/**
 * Equity over time with the underwater curve below. Arrows move the crosshair (Shift: ten points), + and −
 * zoom, Home and End go to the ends, Escape shows everything; dragging zooms, a double-click resets.
 */
export function EquityChart(props: EquityChartProps) {
  const {
    title,
    series,
    height = 340,
    fileName = 'equity',
    benchmarkLabel = 'Buy and hold',
  } = props;
  const reader = useReader();
  const id = useId();
  const { time } = series;
  const whole: Bounds = useMemo(() => [time[0] ?? 0, time.at(-1) ?? 0], [time]);
  const [bounds, setBounds] = useState<Bounds>(whole);
  const [range, setRange] = useState<ChartRange | null>('all');
  const [active, setActive] = useState<number | null>(null);
  const write = useMemo(
    () => equityWriter(reader.locale, props.currency),
    [reader.locale, props.currency],
  );
  const zoom = (next: Bounds) => {
    setBounds(next);
    setRange(next[0] <= whole[0] && next[1] >= whole[1] ? 'all' : null);
  };
  const shown = active ?? nearestIndex(time, bounds[1]);
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keyAct(event, { shown, time, bounds, whole });
    if (!act) return;
    event.preventDefault();
    if (act.index !== undefined) setActive(act.index);
    if (act.bounds) zoom(act.bounds);
  };
  const items = readout(series, shown, write.full, reader, benchmarkLabel);
  const at = pointTime(time[shown] ?? 0, isIntraday(time), reader);
  return (
    <ChartFrame
      title={title}
      note={props.note}
      level={props.level ?? 2}
      {...(props.className ? { className: props.className } : {})}
      fileName={fileName}
      table={() => tableOf(series, benchmarkLabel)}
      controls={
        <SegmentedControl
          size="sm"
          legend={`Period of ${title}`}
          options={usefulRanges(whole[0], whole[1]).map((value) => ({
            value,
            label: rangeLabels[value],
          }))}
          value={range ?? ('' as ChartRange)}
          onChange={(value) => {
            setRange(value);
            setBounds(rangeBounds(value, whole[0], whole[1]));
          }}
        />
      }
      readout={<ChartReadout at={at} items={items} />}
    >
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${title}, chart`}
        aria-describedby={id}
        aria-valuemin={0}
        aria-valuemax={Math.max(time.length - 1, 0)}
        aria-valuenow={shown}
        aria-valuetext={`${at}: ${items.map((item) => `${item.label} ${item.value}`).join(', ')}`}
        onKeyDown={onKeyDown}
        className="rounded-md"
        style={{ height }}
      >
        <span id={id} className="sr-only">
          Arrow keys move through time, plus and minus zoom, Home and End go to the ends, Escape
          shows everything.
        </span>
        <EquityPlot
          series={series}
          bounds={bounds}
          active={active}
          onActive={setActive}
          onBounds={zoom}
          writeEquity={write.short}
          writePercent={(value) => formatPercent(value, { locale: reader.locale, digits: 0 })}
          height={height}
        />
      </div>
    </ChartFrame>
  );
}

interface Place {
  shown: number;
  time: readonly number[];
  bounds: Bounds;
  whole: Bounds;
}

function keyAct(event: KeyboardEvent, { shown, time, bounds, whole }: Place) {
  const last = time.length - 1;
  const to = (index: number) => ({ index: Math.min(Math.max(index, 0), last), bounds: undefined });
  const least = 5 * Math.max((time[1] ?? 0) - (time[0] ?? 0), 1);
  const scale = (factor: number) => ({
    index: undefined,
    bounds: zoomedBounds(bounds, factor, time[shown] ?? bounds[1], whole, least),
  });
  const step = event.shiftKey ? 10 : 1;
  switch (event.key) {
    case 'ArrowLeft':
      return to(shown - step);
    case 'ArrowRight':
      return to(shown + step);
    case 'Home':
      return to(0);
    case 'End':
      return to(last);
    case '+':
    case '=':
      return scale(0.5);
    case '-':
      return scale(2);
    case 'Escape':
      return { index: undefined, bounds: whole };
    default:
      return null;
  }
}

function equityWriter(locale: string, currency: string) {
  const style = { style: 'currency', currency } as const;
  const full = new Intl.NumberFormat(locale, style);
  const short = new Intl.NumberFormat(locale, {
    ...style,
    notation: 'compact',
    maximumFractionDigits: 1,
  });
  return { full: (v: number) => full.format(v), short: (v: number) => short.format(v) };
}

function pointTime(seconds: number, intraday: boolean, reader: FigureLocale): string {
  const at = new Date(seconds * 1000);
  // A daily bar's date is the exchange's day, the same for every reader.
  return intraday
    ? formatTime(at, 'minute', reader)
    : formatTime(at, 'date', { ...reader, timeZone: 'UTC' });
}

function readout(
  series: EquitySeries,
  index: number,
  write: (value: number) => string,
  reader: FigureLocale,
  benchmarkLabel: string,
) {
  const percent = formatPercent(series.drawdownPct[index] ?? 0, {
    locale: reader.locale,
    digits: 1,
  });
  const benchmark = series.benchmark?.[index];
  return [
    { label: 'Equity', value: write(series.equity[index] ?? 0), swatch: 'text-chart-1' },
    ...(benchmark === undefined
      ? []
      : [{ label: benchmarkLabel, value: write(benchmark), swatch: 'text-chart-6', dashed: true }]),
    { label: 'Drawdown', value: percent, swatch: 'text-chart-down' },
  ];
}

function tableOf(series: EquitySeries, benchmarkLabel: string) {
  const { time, equity, drawdownPct, benchmark } = series;
  return {
    header: ['Time (UTC)', 'Equity', 'Drawdown (%)', ...(benchmark ? [benchmarkLabel] : [])],
    length: time.length,
    rows: (index: number) => [
      formatUtc(new Date((time[index] ?? 0) * 1000)).replace(' 00:00:00 UTC', ''),
      equity[index] ?? null,
      drawdownPct[index] ?? null,
      ...(benchmark ? [benchmark[index] ?? null] : []),
    ],
  };
}
