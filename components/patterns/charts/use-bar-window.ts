'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type BarRequest,
  type BarWindow,
  type Candle,
  extendWindow,
  type LoadBars,
} from './candle-types';

export interface WindowedBars {
  window: BarWindow;
  loading: boolean;
  failed: boolean;
  /** Asks for more; a request under way is not doubled. Resolves to the new window, or null when it failed. */
  ask: (request: BarRequest) => Promise<BarWindow | null>;
}

/** A moving window over a history of any length. Without `load` the given bars are all there is. */
export function useBarWindow(first: readonly Candle[], load: LoadBars | undefined): WindowedBars {
  const whole = load === undefined;
  const [window, setWindow] = useState<BarWindow>({ bars: first, atStart: whole, atEnd: whole });
  const [loading, setLoading] = useState(false);
  const [failed, setFailed] = useState(false);
  const current = useRef(window);
  const busy = useRef(false);
  current.current = window;
  useEffect(() => {
    setWindow({ bars: first, atStart: whole, atEnd: whole });
    setFailed(false);
  }, [first, whole]);
  const ask = useCallback(
    async (request: BarRequest) => {
      if (!load || busy.current) return null;
      busy.current = true;
      setLoading(true);
      try {
        const next = extendWindow(current.current, request, await load(request));
        setWindow(next);
        setFailed(false);
        return next;
      } catch {
        setFailed(true);
        return null;
      } finally {
        busy.current = false;
        setLoading(false);
      }
    },
    [load],
  );
  return { window, loading, failed, ask };
}
