import { describe, expect, it } from 'vitest';
import { ema, hma, sma, wilder, wma } from './moving-averages';

const NAN = Number.NaN;
const of = (...values: number[]) => Float64Array.from(values);

describe('moving averages', () => {
  it('averages the last values and is undefined before', () => {
    expect([...sma(of(1, 2, 3, 4, 8), 3)]).toEqual([NAN, NAN, 2, 3, 5]);
    expect([...sma(of(5, 7), 1)]).toEqual([5, 7]);
    expect([...sma(of(1, 2), 3)]).toEqual([NAN, NAN]);
    expect([...sma(of(), 3)]).toEqual([]);
  });

  it('restarts behind an undefined value', () => {
    expect([...sma(of(1, 2, NAN, 4, 6, 8), 2)]).toEqual([NAN, 1.5, NAN, NAN, 5, 7]);
    expect([...ema(of(1, 3, NAN, 4, 6), 2)]).toEqual([NAN, 2, NAN, NAN, 5]);
    expect([...wma(of(1, 3, NAN, 3, 6), 2)]).toEqual([NAN, 7 / 3, NAN, NAN, 5]);
  });

  it('gives exactly the value of a window that repeats one', () => {
    const source = Float64Array.from({ length: 500 }, (_, i) => (i < 100 ? 1e9 + i / 3 : 0.1));
    const averages = sma(source, 30);
    expect(averages.subarray(129).every((value) => value === 0.1)).toBe(true);
  });

  it('does not drift over a million values', () => {
    const source = Float64Array.from({ length: 1_000_000 }, (_, i) => 1e6 + (i % 97) * 0.37);
    const last = source.subarray(-50).reduce((sum, value) => sum + value, 0) / 50;
    expect(Math.abs(sma(source, 50).at(-1)! - last)).toBeLessThan(1e-8);
  });

  it('seeds the exponential average with a mean (hand-computed)', () => {
    // Seed (2 + 4 + 6) / 3 = 4, then halfway to each new value.
    expect([...ema(of(2, 4, 6, 8, 12), 3)]).toEqual([NAN, NAN, 4, 6, 9]);
  });

  it('moves Wilder’s average by one part in n', () => {
    expect([...wilder(of(2, 4, 6, 12), 2)]).toEqual([NAN, 3, 4.5, 8.25]);
  });

  it('weighs the newest value most', () => {
    // (1·1 + 2·2 + 3·6) / 6 and (1·2 + 2·6 + 3·4) / 6.
    const [, , first, second] = wma(of(1, 2, 6, 4), 3);
    expect(first).toBeCloseTo(23 / 6, 12);
    expect(second).toBeCloseTo(26 / 6, 12);
  });

  it('agrees with the definition of the weighted average over many values', () => {
    const source = Float64Array.from({ length: 400 }, (_, i) => Math.sin(i) * 50 + 100);
    const values = wma(source, 9);
    for (let i = 8; i < 400; i++) {
      let sum = 0;
      for (let k = 1; k <= 9; k++) sum += k * source[i - 9 + k]!;
      expect(values[i]).toBeCloseTo(sum / 45, 9);
    }
  });

  it('follows a straight line without lag, as Hull meant it', () => {
    const line = Float64Array.from({ length: 40 }, (_, i) => 3 * i + 5);
    const values = hma(line, 16);
    expect(values.findIndex((value) => !Number.isNaN(value))).toBe(18);
    // WMA(8) lags 7/3 bars, WMA(16) lags 5, the last WMA(4) 1: 2·7/3 − 5 + 1 = 2/3 of a bar.
    expect(values[39]).toBeCloseTo(3 * (39 - 2 / 3) + 5, 9);
  });

  it('writes into the column that it is given', () => {
    const out = new Float64Array(3).fill(7);
    expect(sma(of(1, 3, 5), 2, out)).toBe(out);
    expect([...out]).toEqual([NAN, 2, 4]);
  });
});
