import type { Bars } from './bars';

/**
 * A random walk with gaps between bars, the same for the same seed: for benchmarks and for tests of properties.
 * Prices stay above zero; `spacing` is the distance of bars in milliseconds.
 */
export function syntheticBars(count: number, seed: number, spacing = 60_000): Bars {
  const next = randomNumbers(seed);
  const column = () => new Float64Array(count);
  const bars = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  let price = 100;
  for (let i = 0; i < count; i++) {
    const open = price * (1 + (next() - 0.5) * 0.001);
    const close = open * (1 + (next() - 0.5) * 0.004);
    bars.time[i] = Date.UTC(2020, 0, 1) + i * spacing;
    bars.open[i] = open;
    bars.close[i] = close;
    bars.high[i] = Math.max(open, close) * (1 + next() * 0.001);
    bars.low[i] = Math.min(open, close) * (1 - next() * 0.001);
    bars.volume[i] = Math.floor(next() * 10_000);
    price = close;
  }
  return bars;
}

/** Numbers from 0 to below 1 (mulberry32), the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
