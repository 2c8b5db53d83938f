'use client';

import { useEffect, useRef } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type Bounds, type EquitySeries, isIntraday } from './equity-types';
import { createEquityPlots, type EquityPlots } from './equity-uplot';
import { useChartColours } from './use-chart-colours';

export interface EquityPlotProps {
  series: EquitySeries;
  bounds: Bounds;
  /** Index under the crosshair. */
  active: number | null;
  onActive: (index: number | null) => void;
  onBounds: (bounds: Bounds) => void;
  writeEquity: (value: number) => string;
  writePercent: (value: number) => string;
  height: number;
}

/** Equity above, drawdown below, one crosshair through both. Loaded when a chart is first shown. */
export function EquityPlot(props: EquityPlotProps) {
  const { series, bounds, active, height } = props;
  const top = useRef<HTMLDivElement>(null);
  const bottom = useRef<HTMLDivElement>(null);
  const plots = useRef<EquityPlots | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const colours = useChartColours();

  useEffect(() => {
    if (!top.current || !bottom.current || !colours) return undefined;
    const made = createEquityPlots({
      top: top.current,
      bottom: bottom.current,
      series,
      colours,
      height,
      intraday: isIntraday(series.time),
      writeEquity: (value) => latest.current.writeEquity(value),
      writePercent: (value) => latest.current.writePercent(value),
      onActive: (index) => latest.current.onActive(index),
      onBounds: (next) => latest.current.onBounds(next),
    });
    plots.current = made;
    setBounds(made.all, latest.current.bounds);
    const observer = new ResizeObserver(([entry]) => {
      if (entry) made.resize(Math.floor(entry.contentRect.width));
    });
    observer.observe(top.current);
    return () => {
      observer.disconnect();
      made.destroy();
      plots.current = null;
    };
  }, [series, colours, height]);

  useEffect(() => {
    if (plots.current) setBounds(plots.current.all, bounds);
  }, [bounds]);

  useEffect(() => {
    if (active === null) return;
    for (const plot of plots.current?.all ?? []) {
      if (plot.cursor.idx === active) continue;
      const left = plot.valToPos(series.time[active] ?? 0, 'x');
      plot.setCursor({ left, top: plot.bbox.height / devicePixelRatio / 2 }, false);
    }
  }, [active, series]);

  return (
    <div aria-hidden="true">
      <div ref={top} style={{ height: Math.round(height * 0.72) }} />
      <div ref={bottom} style={{ height: height - Math.round(height * 0.72) }} />
    </div>
  );
}

function setBounds(plots: readonly uPlot[], [min, max]: Bounds): void {
  for (const plot of plots) plot.setScale('x', { min, max });
}
