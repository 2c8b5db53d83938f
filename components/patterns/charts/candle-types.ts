export interface Candle {
  /** Epoch seconds, UTC; ascending and unique. */
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume?: number | null;
}

export interface CandleMarker {
  /** Time of the bar it belongs to. */
  time: number;
  /** Arrow up below: bought. Arrow down above: sold short. Square: closed. */
  kind: 'long' | 'short' | 'exit';
  /** "+2.4%" on an exit, the size on an entry; short. */
  text?: string;
}

/** A line over the candles: an indicator. */
export interface CandleOverlay {
  label: string;
  points: readonly { time: number; value: number | null }[];
}

/** What more is wanted: bars before or after those loaded, or around a time far away. */
export type BarRequest = { before: number } | { after: number } | { around: number };

export type LoadBars = (request: BarRequest) => Promise<readonly Candle[]>;

export interface BarWindow {
  bars: readonly Candle[];
  /** Nothing lies before the first bar / after the last one. */
  atStart: boolean;
  atEnd: boolean;
}

/** Bars kept in memory at once; far more than fit a screen, far fewer than a long history. */
export const WINDOW_LIMIT = 20_000;

/**
 * Puts answered bars to the window. An empty answer means that side is exhausted. Past the limit the far
 * side is dropped and may be asked for again.
 */
export function extendWindow(
  window: BarWindow,
  request: BarRequest,
  answer: readonly Candle[],
  limit = WINDOW_LIMIT,
): BarWindow {
  if ('around' in request) return { bars: answer, atStart: false, atEnd: false };
  if ('before' in request) {
    const fresh = answer.filter((bar) => bar.time < request.before);
    const bars = [...fresh, ...window.bars];
    return {
      bars: bars.slice(0, limit),
      atStart: fresh.length === 0,
      atEnd: window.atEnd && bars.length <= limit,
    };
  }
  const fresh = answer.filter((bar) => bar.time > request.after);
  const bars = [...window.bars, ...fresh];
  return {
    bars: bars.slice(-limit),
    atStart: window.atStart && bars.length <= limit,
    atEnd: fresh.length === 0,
  };
}
