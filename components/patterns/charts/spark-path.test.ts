import { describe, expect, it } from 'vitest';
import { sparkPath } from './spark-path';

describe('sparkPath', () => {
  it('spans the box from the lowest to the highest value', () => {
    expect(sparkPath([0, 10], 100, 32)).toEqual({
      line: 'M0 31L100 1',
      area: 'M0 31L100 1L100 32L0 32Z',
    });
  });
  it('draws a level line for a single or an unchanging value', () => {
    expect(sparkPath([5], 100, 32).line).toBe('M0 16L100 16');
    expect(sparkPath([5, 5], 100, 32).line).toBe('M0 16L100 16');
  });
  it('draws nothing from nothing, and skips what is undefined', () => {
    expect(sparkPath([], 100, 32).line).toBe('');
    expect(sparkPath([Number.NaN, 1, 2], 100, 32).line).toBe('M0 31L100 1');
  });
});
