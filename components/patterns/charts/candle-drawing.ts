import {
  AreaSeries,
  CandlestickSeries,
  ColorType,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { readableLocale } from '../../ui/figure-format';
import type { Candle, CandleMarker, CandleOverlay } from './candle-types';
import { type ChartColours, withAlpha } from './use-chart-colours';

export interface CandleDrawing {
  setBars: (bars: readonly Candle[]) => void;
  setMarkers: (markers: readonly CandleMarker[]) => void;
  setOverlays: (overlays: readonly CandleOverlay[]) => void;
  setUnderwater: (points: readonly { time: number; value: number }[]) => void;
  showRange: (from: number, to: number) => void;
  showAll: () => void;
  scroll: (bars: number) => void;
  zoom: (factor: number) => void;
  destroy: () => void;
}

interface Events {
  pricePrecision: number;
  onActive: (time: number | null) => void;
  onEdge: (side: 'start' | 'end') => void;
}

/** Bars from an end at which more are asked for. */
const EDGE = 60;
const at = (seconds: number) => seconds as UTCTimestamp;

/** The one place that speaks to lightweight-charts. */
export function createCandleDrawing(
  element: HTMLElement,
  colours: ChartColours,
  events: Events,
): CandleDrawing {
  const chart = createChart(element, chartOptions(colours));
  const candles = chart.addSeries(CandlestickSeries, {
    // Rising bars are hollow, falling ones solid: told apart without colour.
    upColor: colours.panel,
    borderUpColor: colours['chart-up'],
    wickUpColor: colours['chart-up'],
    downColor: colours['chart-down'],
    borderDownColor: colours['chart-down'],
    wickDownColor: colours['chart-down'],
    priceFormat: {
      type: 'price',
      precision: events.pricePrecision,
      minMove: 10 ** -events.pricePrecision,
    },
  });
  const marks = createSeriesMarkers(candles, []);
  let bars: readonly Candle[] = [];
  let lines: ISeriesApi<'Line'>[] = [];
  let water: ISeriesApi<'Area'> | null = null;

  chart.subscribeCrosshairMove((move) =>
    events.onActive(typeof move.time === 'number' ? move.time : null),
  );
  chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
    if (!range || bars.length === 0) return;
    if (range.from < EDGE) events.onEdge('start');
    if (range.to > bars.length - EDGE) events.onEdge('end');
  });

  return {
    setBars: (next) => {
      const keep = keptRange(chart, bars, next);
      bars = next;
      candles.setData(next.map((bar) => ({ ...bar, time: at(bar.time) })));
      if (keep) chart.timeScale().setVisibleRange({ from: at(keep[0]), to: at(keep[1]) });
      else if (next.length > 0)
        chart.timeScale().setVisibleLogicalRange({ from: next.length - 160, to: next.length + 4 });
    },
    setMarkers: (markers) => marks.setMarkers(markers.map((marker) => mark(marker, colours))),
    setOverlays: (overlays) => {
      for (const line of lines) chart.removeSeries(line);
      lines = overlays.map((overlay, index) => addLine(chart, overlay, lineColour(colours, index)));
    },
    setUnderwater: (points) => {
      if (points.length === 0) return;
      water ??= addUnderwater(chart, colours);
      water.setData(points.map((point) => ({ time: at(point.time), value: point.value })));
    },
    showRange: (from, to) => chart.timeScale().setVisibleRange({ from: at(from), to: at(to) }),
    showAll: () => chart.timeScale().fitContent(),
    scroll: (count) => shift(chart, count),
    zoom: (factor) => scale(chart, factor),
    destroy: () => chart.remove(),
  };
}

function chartOptions(colours: ChartColours): Parameters<typeof createChart>[1] & object {
  return {
    autoSize: true,
    localization: { locale: readableLocale(navigator.languages) },
    layout: {
      background: { type: ColorType.Solid, color: colours.panel },
      textColor: colours['chart-axis'],
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: 12,
      attributionLogo: true,
      panes: { separatorColor: colours.line, enableResize: false },
    },
    grid: {
      vertLines: { color: colours['chart-grid'] },
      horzLines: { color: colours['chart-grid'] },
    },
    crosshair: {
      mode: 0,
      vertLine: { color: colours['chart-cross'], labelBackgroundColor: colours.muted },
      horzLine: { color: colours['chart-cross'], labelBackgroundColor: colours.muted },
    },
    rightPriceScale: { borderColor: colours.line, entireTextOnly: true },
    timeScale: {
      borderColor: colours.line,
      timeVisible: true,
      secondsVisible: false,
      rightOffset: 4,
    },
    // The page scrolls with the wheel; zooming is by pinch, drag, buttons and keys.
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
  };
}

/** What is visible stays visible when bars come in at an end; null when the new bars are others altogether. */
function keptRange(
  chart: IChartApi,
  before: readonly Candle[],
  next: readonly Candle[],
): [number, number] | null {
  const visible = chart.timeScale().getVisibleRange();
  const first = next[0]?.time;
  const last = next.at(-1)?.time;
  if (!visible || before.length === 0 || first === undefined || last === undefined) return null;
  const from = visible.from as number;
  const to = visible.to as number;
  return from >= first && to <= last ? [from, to] : null;
}

function mark(marker: CandleMarker, colours: ChartColours): SeriesMarker<Time> {
  const looks = {
    long: { position: 'belowBar', shape: 'arrowUp', color: colours['chart-1'] },
    short: { position: 'aboveBar', shape: 'arrowDown', color: colours['chart-4'] },
    exit: { position: 'aboveBar', shape: 'square', color: colours['chart-axis'] },
  } as const;
  return {
    time: at(marker.time),
    ...looks[marker.kind],
    ...(marker.text ? { text: marker.text } : {}),
  };
}

function lineColour(colours: ChartColours, index: number): string {
  const palette = [
    colours['chart-1'],
    colours['chart-2'],
    colours['chart-4'],
    colours['chart-5'],
    colours['chart-3'],
  ];
  return palette[index % palette.length] ?? colours['chart-1'];
}

function addLine(chart: IChartApi, overlay: CandleOverlay, color: string): ISeriesApi<'Line'> {
  const line = chart.addSeries(LineSeries, {
    color,
    lineWidth: 1,
    title: overlay.label,
    priceLineVisible: false,
    lastValueVisible: false,
    crosshairMarkerVisible: false,
  });
  line.setData(
    overlay.points.map((p) =>
      p.value === null ? { time: at(p.time) } : { time: at(p.time), value: p.value },
    ),
  );
  return line;
}

function addUnderwater(chart: IChartApi, colours: ChartColours): ISeriesApi<'Area'> {
  const series = chart.addSeries(
    AreaSeries,
    {
      lineColor: colours['chart-down'],
      topColor: withAlpha(colours['chart-down'], 0),
      bottomColor: withAlpha(colours['chart-down'], 0.3),
      lineWidth: 1,
      invertFilledArea: true,
      priceLineVisible: false,
      priceFormat: { type: 'custom', formatter: (value: number) => `${value.toFixed(1)}%` },
    },
    1,
  );
  chart.panes()[1]?.setHeight(84);
  return series;
}

function shift(chart: IChartApi, count: number): void {
  const range = chart.timeScale().getVisibleLogicalRange();
  if (range)
    chart.timeScale().setVisibleLogicalRange({ from: range.from + count, to: range.to + count });
}

function scale(chart: IChartApi, factor: number): void {
  const range = chart.timeScale().getVisibleLogicalRange();
  if (!range) return;
  const width = Math.max((range.to - range.from) * factor, 10);
  const middle = (range.from + range.to) / 2;
  chart.timeScale().setVisibleLogicalRange({ from: middle - width / 2, to: middle + width / 2 });
}
