import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highest, lowest, standardDeviation } from './rolling-windows';

const NAN = Number.NaN;

describe('rolling windows', () => {
  it('finds extremes by hand', () => {
    const source = Float64Array.of(3, 1, 4, 1, 5, 9, 2);
    expect([...highest(source, 3)]).toEqual([NAN, NAN, 4, 4, 5, 9, 9]);
    expect([...lowest(source, 3)]).toEqual([NAN, NAN, 1, 1, 1, 1, 2]);
  });

  it('agrees with a search of every window, gaps included', () => {
    const value = fc.oneof(
      { weight: 9, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(NAN) },
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (xs, n) => {
        const source = Float64Array.from(xs);
        const [top, bottom] = [highest(source, n), lowest(source, n)];
        for (let i = 0; i < xs.length; i++) {
          const window = xs.slice(Math.max(0, i - n + 1), i + 1);
          const whole = window.length === n && !window.some(Number.isNaN);
          // −0 and 0 are equal in price and differ in toBe.
          expect(top[i]! + 0).toBe(whole ? Math.max(...window) + 0 : NAN);
          expect(bottom[i]! + 0).toBe(whole ? Math.min(...window) + 0 : NAN);
        }
      }),
    );
  });

  it('takes the population standard deviation', () => {
    // The classic eight values: mean 5, deviation 2.
    expect(standardDeviation(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9), 8)[7]).toBe(2);
  });

  it('keeps its digits on large prices that move little', () => {
    const source = Float64Array.from({ length: 5_000 }, (_, i) => 1e8 + (i % 2) * 0.001);
    const values = standardDeviation(source, 20);
    for (let i = 19; i < 5_000; i++) expect(values[i]).toBeCloseTo(0.0005, 7);
  });

  it('is exactly 0 where nothing moves, after it did', () => {
    const source = Float64Array.from({ length: 200 }, (_, i) => (i < 100 ? i * 1e6 : 0.3));
    expect(standardDeviation(source, 10)[150]).toBe(0);
  });
});
