'use client';

import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { type CandleDrawing, createCandleDrawing } from './candle-drawing';
import type { Candle, CandleMarker, CandleOverlay } from './candle-types';
import { useChartColours } from './use-chart-colours';

export interface CandlePlotHandle {
  showRange: (from: number, to: number) => void;
  showAll: () => void;
  scroll: (bars: number) => void;
  zoom: (factor: number) => void;
}

export interface CandlePlotProps {
  ref: Ref<CandlePlotHandle>;
  bars: readonly Candle[];
  markers: readonly CandleMarker[];
  overlays: readonly CandleOverlay[];
  underwater: readonly { time: number; value: number }[];
  pricePrecision: number;
  onActive: (time: number | null) => void;
  /** The visible part has come near an end of the bars given. */
  onEdge: (side: 'start' | 'end') => void;
}

/** Candles on a canvas; loaded when a chart is first shown. */
export function CandlePlot(props: CandlePlotProps) {
  const { ref, bars, markers, overlays, underwater, pricePrecision } = props;
  const element = useRef<HTMLDivElement>(null);
  const drawing = useRef<CandleDrawing | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const colours = useChartColours();

  useEffect(() => {
    if (!element.current || !colours) return undefined;
    const made = createCandleDrawing(element.current, colours, {
      pricePrecision,
      onActive: (time) => latest.current.onActive(time),
      onEdge: (side) => latest.current.onEdge(side),
    });
    drawing.current = made;
    const { bars: b, markers: m, overlays: o, underwater: u } = latest.current;
    made.setBars(b);
    made.setMarkers(m);
    made.setOverlays(o);
    made.setUnderwater(u);
    return () => {
      made.destroy();
      drawing.current = null;
    };
  }, [colours, pricePrecision]);

  useEffect(() => drawing.current?.setBars(bars), [bars]);
  useEffect(() => drawing.current?.setMarkers(markers), [markers]);
  useEffect(() => drawing.current?.setOverlays(overlays), [overlays]);
  useEffect(() => drawing.current?.setUnderwater(underwater), [underwater]);

  useImperativeHandle(
    ref,
    () => ({
      showRange: (from, to) => drawing.current?.showRange(from, to),
      showAll: () => drawing.current?.showAll(),
      scroll: (count) => drawing.current?.scroll(count),
      zoom: (factor) => drawing.current?.zoom(factor),
    }),
    [],
  );

  return <div ref={element} className="size-full" />;
}
