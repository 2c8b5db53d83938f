import type { BarRequest, Candle, LoadBars } from '@/components/patterns/charts/candle-types';
import { apiFetch } from '@/lib/client/api-fetch';
import { type BarDto, barDto } from '@/lib/domains/trading/market-data/schemas';
import { z } from 'zod';

/** Bars fetched at once; a chart opens with as many. */
export const CHART_BARS = 3_000;

/** The API's bar as the chart takes it. */
export function toCandle(bar: BarDto): Candle {
  const { open, high, low, close, volume } = bar;
  return { time: Date.parse(bar.time) / 1000, open, high, low, close, volume };
}

const page = z.object({ data: z.array(barDto) });

/** Digits after the point that an instrument's prices have. */
export function precisionOf(point: number): number {
  return Math.min(8, Math.max(0, Math.ceil(-Math.log10(point) - 1e-9)));
}

/** Where further bars come from. `window` bounds a back-test's own range. */
export function barLoader(
  tenant: string,
  symbol: string,
  timeframe: string,
  window: { from?: string | null; to?: string | null } = {},
): LoadBars {
  const fetchBars = async (query: Record<string, string>) => {
    const params = new URLSearchParams({ timeframe, limit: String(CHART_BARS), ...query });
    const path = `/instruments/${encodeURIComponent(symbol)}/bars?${params}`;
    return (await apiFetch(path, page, { tenant })).data.map(toCandle);
  };
  const from = window.from ? { from: window.from } : {};
  const to = window.to ? { to: window.to } : {};
  const at = (seconds: number, offset = 0) => new Date(seconds * 1000 + offset).toISOString();
  return async (request: BarRequest) => {
    if ('before' in request) {
      const end = at(request.before, -1);
      if (window.from && end < window.from) return [];
      return fetchBars({ ...from, to: end, newest: 'true' });
    }
    if ('after' in request) {
      const start = at(request.after, 1);
      if (window.to && start > window.to) return [];
      return fetchBars({ from: start, ...to });
    }
    const [before, after] = await Promise.all([
      fetchBars({ ...from, to: at(request.around, -1), newest: 'true', limit: '1500' }),
      fetchBars({ from: at(request.around), ...to, limit: '1500' }),
    ]);
    return [...before, ...after];
  };
}
