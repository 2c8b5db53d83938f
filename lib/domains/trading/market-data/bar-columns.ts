/** Prices and volume of a bar, as files and programs name them. */
export type PriceColumn = 'open' | 'high' | 'low' | 'close' | 'volume';

/**
 * Bars as columns of equal length, oldest first. `time` is epoch milliseconds (UTC) and rises strictly; prices are
 * plain numbers in the quote currency.
 */
export type Bars = { readonly [Name in 'time' | PriceColumn]: Float64Array };

/** Order of the columns in a stored chunk: six blocks of little-endian float64. */
export const BAR_COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Bytes that one bar takes. */
export const BAR_BYTES = BAR_COLUMNS.length * 8;

/** Columns of `length` bars that can still be written. */
export function allocateBars(length: number): Bars {
  const data = new Float64Array(length * BAR_COLUMNS.length);
  return viewColumns(data, length);
}

/** The six columns inside one block of memory. */
function viewColumns(data: Float64Array, length: number): Bars {
  const column = (index: number) => data.subarray(index * length, (index + 1) * length);
  return {
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

/** A chunk's bytes, the first `length` bars of `bars`. */
export function encodeBars(bars: Bars, length: number): Buffer<ArrayBuffer> {
  const data = new Float64Array(length * BAR_COLUMNS.length);
  BAR_COLUMNS.forEach((name, index) => {
    data.set(bars[name].subarray(0, length), index * length);
  });
  return Buffer.from(data.buffer);
}

/** Columns of a chunk. Copies when the bytes don't start on a multiple of eight. */
export function decodeBars(bytes: Uint8Array): Bars {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes);
  const data = new Float64Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 8);
  return viewColumns(data, data.length / BAR_COLUMNS.length);
}

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

/** Writes `length` bars of `source` from index `from` into `target` at `at`. */
export function copyBars(source: Bars, from: number, length: number, target: Bars, at: number) {
  for (const name of BAR_COLUMNS) target[name].set(source[name].subarray(from, from + length), at);
}

/** Index of the first bar at or after `time`; the number of bars when there is none. */
export function firstAtOrAfter(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
