/**
 * Price bars as columns, oldest first. `time` is the bar's own stamp in epoch milliseconds (UTC) and
 * rises strictly; prices are plain numbers in the quote currency; all columns have the same length.
 */
export interface Bars {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** The columns of a bar that an expression may name. */
export const PRICE_COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;

export type PriceColumn = (typeof PRICE_COLUMNS)[number];

/** The bars `from` (inclusive) to `to` (exclusive), as views on the same memory. */
export function sliceBars(bars: Bars, from: number, to: number): Bars {
  return {
    time: bars.time.subarray(from, to),
    open: bars.open.subarray(from, to),
    high: bars.high.subarray(from, to),
    low: bars.low.subarray(from, to),
    close: bars.close.subarray(from, to),
    volume: bars.volume.subarray(from, to),
  };
}
