'use client';

import dynamic from 'next/dynamic';
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type FigureLocale, formatQuantity, formatTime, formatUtc } from '../../ui/figure-format';
import { SegmentedControl } from '../../ui/radio-group';
import { Skeleton } from '../../ui/skeleton';
import { Spinner } from '../../ui/spinner';
import { useReader } from '../../ui/use-reader';
import type { CandlePlotHandle } from './candle-plot';
import type { Candle, CandleMarker, CandleOverlay, LoadBars } from './candle-types';
import { ChartFrame, ChartReadout } from './chart-frame';
import { type ChartRange, rangeBounds, rangeLabels, usefulRanges } from './chart-range';
import { isIntraday } from './equity-types';
import { useBarWindow } from './use-bar-window';

export interface CandleChartProps {
  title: string;
  /** Bars to begin with, oldest first; the newest few thousand when `loadBars` is given, else all. */
  bars: readonly Candle[];
  /** Fetches further bars as the reader moves; keeps its identity between renders. */
  loadBars?: LoadBars;
  markers?: readonly CandleMarker[];
  overlays?: readonly CandleOverlay[];
  /** Drawdown in percent (≤ 0) in a pane below. */
  underwater?: readonly { time: number; value: number }[];
  /** Goes there when it changes: the trade chosen in a table. Epoch seconds. */
  focus?: { from: number; to: number } | null;
  /** Digits after the point. */
  pricePrecision?: number;
  note?: ReactNode;
  fileName?: string;
  height?: number;
  className?: string;
}

const CandlePlot = dynamic(() => import('./candle-plot').then((module) => module.CandlePlot), {
  ssr: false,
  loading: () => <Skeleton className="size-full" />,
});

const NO_MARKERS: readonly CandleMarker[] = [];
const NO_OVERLAYS: readonly CandleOverlay[] = [];
const NO_WATER: readonly { time: number; value: number }[] = [];

/** Candles with entries and exits; arrows move, + and − zoom, Home and End go to the ends loaded. */
export function CandleChart(props: CandleChartProps) {
  const {
    title,
    markers = NO_MARKERS,
    overlays = NO_OVERLAYS,
    height = 420,
    fileName = 'bars',
  } = props;
  const { pricePrecision = 2, focus = null } = props;
  const reader = useReader();
  const id = useId();
  const plot = useRef<CandlePlotHandle>(null);
  const [active, setActive] = useState<number | null>(null);
  const [range, setRange] = useState<ChartRange | null>(null);
  const { window, loading, failed, ask } = useBarWindow(props.bars, props.loadBars);
  const { bars } = window;
  const first = bars[0]?.time ?? 0;
  const last = bars.at(-1)?.time ?? 0;
  useFocus(focus, { plot, first, last, ask });
  const byTime = useMemo(() => new Map(bars.map((bar) => [bar.time, bar])), [bars]);
  const shown = (active === null ? undefined : byTime.get(active)) ?? bars.at(-1);
  const keys: Record<string, (() => void) | undefined> = {
    ArrowLeft: () => plot.current?.scroll(-10),
    ArrowRight: () => plot.current?.scroll(10),
    '+': () => plot.current?.zoom(0.6),
    '=': () => plot.current?.zoom(0.6),
    '-': () => plot.current?.zoom(1.6),
    Home: () => plot.current?.showRange(first, bars[Math.min(160, bars.length - 1)]?.time ?? last),
    End: () => plot.current?.showRange(bars[Math.max(bars.length - 160, 0)]?.time ?? first, last),
    Escape: () => plot.current?.showAll(),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    setRange(null);
    act();
  };
  return (
    <ChartFrame
      title={title}
      note={props.note}
      fileName={fileName}
      {...(props.className ? { className: props.className } : {})}
      table={() => tableOf(bars)}
      controls={
        <>
          {loading ? <Spinner label="Loading bars" className="mr-1 text-muted" /> : null}
          <SegmentedControl
            size="sm"
            legend={`Period of ${title}`}
            options={usefulRanges(first, last).map((value) => ({
              value,
              label: rangeLabels[value],
            }))}
            value={range ?? ('' as ChartRange)}
            onChange={(value) => {
              setRange(value);
              plot.current?.showRange(...rangeBounds(value, first, last));
            }}
          />
        </>
      }
      readout={
        <>
          {shown ? (
            <CandleReadout
              bar={shown}
              intraday={isIntraday(bars.slice(0, 50).map((b) => b.time))}
              precision={pricePrecision}
              reader={reader}
            />
          ) : null}
          <p role="status" className="text-sm text-negative empty:hidden">
            {failed ? 'Further bars did not arrive. Move the chart to try again.' : ''}
          </p>
        </>
      }
    >
      <section
        // A canvas that keys move; the figures are in the readout and the table.
        tabIndex={0}
        aria-label={`${title}, chart`}
        aria-describedby={id}
        onKeyDown={onKeyDown}
        className="rounded-md"
        style={{ height }}
      >
        <span id={id} className="sr-only">
          Arrow keys move through time, plus and minus zoom, Home and End go to the ends. Trades are
          listed in the trades table.
        </span>
        <CandlePlot
          ref={plot}
          bars={bars}
          markers={markers}
          overlays={overlays}
          underwater={props.underwater ?? NO_WATER}
          pricePrecision={pricePrecision}
          onActive={setActive}
          onEdge={(side) => {
            if (side === 'start' && !window.atStart) void ask({ before: first });
            if (side === 'end' && !window.atEnd) void ask({ after: last });
          }}
        />
      </section>
    </ChartFrame>
  );
}

interface FocusPlace {
  plot: React.RefObject<CandlePlotHandle | null>;
  first: number;
  last: number;
  ask: ReturnType<typeof useBarWindow>['ask'];
}

/** Brings a stretch of time into view, with as much air on either side, loading it first when needed. */
function useFocus(focus: { from: number; to: number } | null, place: FocusPlace): void {
  const latest = useRef(place);
  latest.current = place;
  useEffect(() => {
    if (!focus) return;
    const { plot, first, last, ask } = latest.current;
    const air = Math.max((focus.to - focus.from) / 2, 20 * 86_400);
    const show = (low: number, high: number) =>
      plot.current?.showRange(Math.max(focus.from - air, low), Math.min(focus.to + air, high));
    if (focus.from >= first && focus.to <= last) {
      show(first, last);
      return;
    }
    void ask({ around: focus.from }).then((next) => {
      if (!next?.bars[0]) return;
      requestAnimationFrame(() => show(next.bars[0]?.time ?? 0, next.bars.at(-1)?.time ?? 0));
    });
  }, [focus]);
}

function CandleReadout({
  bar,
  intraday,
  precision,
  reader,
}: {
  bar: Candle;
  intraday: boolean;
  precision: number;
  reader: FigureLocale;
}) {
  const at = new Date(bar.time * 1000);
  const price = (value: number) =>
    value.toLocaleString(reader.locale, {
      minimumFractionDigits: precision,
      maximumFractionDigits: precision,
    });
  return (
    <ChartReadout
      at={
        intraday
          ? formatTime(at, 'minute', reader)
          : formatTime(at, 'date', { ...reader, timeZone: 'UTC' })
      }
      items={[
        { label: 'O', value: price(bar.open) },
        { label: 'H', value: price(bar.high) },
        { label: 'L', value: price(bar.low) },
        { label: 'C', value: `${price(bar.close)} ${bar.close >= bar.open ? '▲' : '▼'}` },
        ...(bar.volume === undefined || bar.volume === null
          ? []
          : [
              {
                label: 'Vol',
                value: formatQuantity(bar.volume, { ...reader, short: true }),
              },
            ]),
      ]}
    />
  );
}

function tableOf(bars: readonly Candle[]) {
  return {
    header: ['Time (UTC)', 'Open', 'High', 'Low', 'Close', 'Volume'],
    length: bars.length,
    rows: (index: number) => {
      const bar = bars[index];
      if (!bar) return [];
      const time = formatUtc(new Date(bar.time * 1000)).replace(' 00:00:00 UTC', '');
      return [time, bar.open, bar.high, bar.low, bar.close, bar.volume ?? null];
    },
  };
}
