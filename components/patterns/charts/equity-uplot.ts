import uPlot from 'uplot';
import type { Bounds, EquitySeries } from './equity-types';
import { type ChartColours, withAlpha } from './use-chart-colours';

export interface EquityPlots {
  all: readonly uPlot[];
  resize: (width: number) => void;
  destroy: () => void;
}

interface Setup {
  top: HTMLElement;
  bottom: HTMLElement;
  series: EquitySeries;
  colours: ChartColours;
  height: number;
  intraday: boolean;
  writeEquity: (value: number) => string;
  writePercent: (value: number) => string;
  onActive: (index: number | null) => void;
  onBounds: (bounds: Bounds) => void;
}

/** Both plots need the same gutter, or the crosshair would stand at two places. */
const GUTTER = 62;
/** Half a label: one that stands at the very end of an axis needs so much beyond it, in px. */
const LABEL_ROOM = 8;
let made = 0;

/** Builds the two plots with a shared crosshair; drag to zoom, double-click to see everything. */
export function createEquityPlots(setup: Setup): EquityPlots {
  const { height } = setup;
  const upper = Math.round(height * 0.72);
  made += 1;
  const shared = sharedOptions(setup, `equity-${made}`);
  const equity = createEquity(setup, shared, upper);
  const underwater = createUnderwater(setup, shared, height - upper);
  return {
    all: [equity, underwater],
    resize: (width) => {
      if (width <= 0 || width === equity.width) return;
      equity.setSize({ width, height: upper });
      underwater.setSize({ width, height: height - upper });
    },
    destroy: () => {
      equity.destroy();
      underwater.destroy();
    },
  };
}

/** The upper plot: equity filled to the ground, the benchmark dashed. */
function createEquity(setup: Setup, shared: SharedOptions, height: number): uPlot {
  const { top, series, colours } = setup;
  const curve: uPlot.Series = {
    stroke: colours['chart-1'],
    width: 1.75,
    fill: (plot) => fade(plot, colours['chart-1'], 0.2, 0),
    points: { show: false },
  };
  const benchmark: uPlot.Series = {
    stroke: colours['chart-6'],
    width: 1.25,
    dash: [4, 3],
    points: { show: false },
  };
  return new uPlot(
    {
      ...shared,
      // No axis of time stands below it, which would be the room of the lowest label.
      padding: [LABEL_ROOM, 0, LABEL_ROOM, 18],
      width: top.clientWidth,
      height,
      axes: [axis(colours, { show: false }), valueAxis(setup, setup.writeEquity, 56)],
      series: series.benchmark ? [{}, curve, benchmark] : [{}, curve],
    },
    aligned(
      series.benchmark
        ? [series.time, series.equity, series.benchmark]
        : [series.time, series.equity],
    ),
    top,
  );
}

/** The lower plot: how far below its highest the equity stands. */
function createUnderwater(setup: Setup, shared: SharedOptions, height: number): uPlot {
  const { bottom, series, colours } = setup;
  return new uPlot(
    {
      ...shared,
      width: bottom.clientWidth,
      height,
      scales: { x: { time: true }, y: { range: (_plot, min) => [Math.min(min * 1.1, -0.1), 0] } },
      axes: [axis(colours, { size: 42 }), valueAxis(setup, setup.writePercent, 32)],
      series: [
        {},
        {
          stroke: colours['chart-down'],
          width: 1,
          fill: withAlpha(colours['chart-down'], 0.18),
          fillTo: 0,
          points: { show: false },
        },
      ],
    },
    aligned([series.time, series.drawdownPct]),
    bottom,
  );
}

/** uPlot only reads its columns; the copy-free cast drops `readonly`. */
function aligned(columns: readonly (readonly number[])[]): uPlot.AlignedData {
  return columns as unknown as uPlot.AlignedData;
}

type SharedOptions = Omit<uPlot.Options, 'width' | 'height' | 'series'>;

function sharedOptions(
  setup: Setup,
  key: string,
): Omit<uPlot.Options, 'width' | 'height' | 'series'> {
  const { series, colours, onActive, onBounds } = setup;
  return {
    legend: { show: false },
    padding: [LABEL_ROOM, 0, 0, 18],
    // Daily bars are dated in UTC: another zone would shift them to the day before.
    tzDate: (seconds) =>
      setup.intraday ? new Date(seconds * 1000) : uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    cursor: {
      sync: { key, setSeries: false },
      y: false,
      drag: { x: true, y: false, setScale: false },
      points: { size: 7, width: 1.5, fill: colours.panel },
      bind: {
        dblclick: () => () => {
          onBounds([series.time[0] ?? 0, series.time.at(-1) ?? 0]);
          return null;
        },
      },
    },
    hooks: {
      setCursor: [
        (plot) =>
          onActive(
            plot.cursor.left !== undefined && plot.cursor.left >= 0
              ? (plot.cursor.idx ?? null)
              : null,
          ),
      ],
      setSelect: [
        (plot) => {
          if (plot.select.width < 4) return;
          const from = plot.posToVal(plot.select.left, 'x');
          const to = plot.posToVal(plot.select.left + plot.select.width, 'x');
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          onBounds([from, to]);
        },
      ],
    },
  };
}

function axis(colours: ChartColours, extra: uPlot.Axis): uPlot.Axis {
  return {
    stroke: colours['chart-axis'],
    font: `12px ${getComputedStyle(document.body).fontFamily}`,
    grid: { stroke: colours['chart-grid'], width: 1 },
    ticks: { show: false },
    size: 28,
    gap: 6,
    ...extra,
  };
}

function valueAxis(setup: Setup, write: (value: number) => string, space: number): uPlot.Axis {
  return axis(setup.colours, {
    side: 1,
    size: GUTTER,
    space,
    values: (_plot, splits) => splits.map((value) => write(value)),
  });
}

function fade(plot: uPlot, colour: string, from: number, to: number): CanvasGradient {
  const { top, height } = plot.bbox;
  const gradient = plot.ctx.createLinearGradient(0, top, 0, top + Math.max(height, 1));
  gradient.addColorStop(0, withAlpha(colour, from));
  gradient.addColorStop(1, withAlpha(colour, to));
  return gradient;
}
