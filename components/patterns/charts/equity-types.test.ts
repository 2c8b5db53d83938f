import { describe, expect, it } from 'vitest';
import { isIntraday, nearestIndex } from './equity-types';

describe('nearestIndex', () => {
  it.each([
    [-5, 0],
    [0, 0],
    [14, 1],
    [16, 2],
    [15, 2],
    [99, 3],
  ])('time %d → point %d', (at, index) => {
    expect(nearestIndex([0, 10, 20, 30], at)).toBe(index);
  });
});

describe('isIntraday', () => {
  it('tells minutes from days', () => {
    expect(isIntraday([0, 60, 120])).toBe(true);
    expect(isIntraday([0, 86_400, 3 * 86_400])).toBe(false);
    expect(isIntraday([0])).toBe(false);
  });
});
