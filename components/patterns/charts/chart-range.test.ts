import { describe, expect, it } from 'vitest';
import { rangeBounds, usefulRanges, zoomedBounds } from './chart-range';

const day = 86_400;

describe('ranges', () => {
  it('offers only those shorter than the data', () => {
    expect(usefulRanges(0, 100 * day)).toEqual(['1m', '3m', 'all']);
    expect(usefulRanges(0, 0)).toEqual(['all']);
  });
  it('counts back from the last point and stays inside', () => {
    expect(rangeBounds('1m', 0, 100 * day)).toEqual([69 * day, 100 * day]);
    expect(rangeBounds('1y', 0, 100 * day)).toEqual([0, 100 * day]);
  });
});

describe('zoomedBounds', () => {
  it('keeps the point under the cursor where it is', () => {
    expect(zoomedBounds([0, 100], 0.5, 25, [0, 100], 1)).toEqual([12.5, 62.5]);
  });
  it('never leaves the data nor gets narrower than allowed', () => {
    expect(zoomedBounds([0, 50], 4, 0, [0, 100], 1)).toEqual([0, 100]);
    expect(zoomedBounds([40, 60], 0.001, 50, [0, 100], 10)).toEqual([45, 55]);
  });
});
