import { describe, expect, it } from 'vitest';
import { bandPath, columnMiddle, fromTop, linePath, niceStep, scaleOf } from './month-scale';

describe('the scale of a chart of months', () => {
  it.each([
    [0.7, 1],
    [1, 1],
    [11, 20],
    [201, 500],
    [5_001, 10_000],
  ])('steps of %d become %d', (value, step) => expect(niceStep(value)).toBe(step));

  it('goes below zero as far as needed, with zero among its lines', () => {
    expect(scaleOf([900, -150], true)).toEqual({
      low: -500,
      high: 1_000,
      ticks: [1_000, 500, 0, -500],
    });
  });

  it('lets rates around a hundred fill the plot', () => {
    const { low, high } = scaleOf([97, 104], false);
    expect([low, high]).toEqual([96, 104]);
  });

  it.each([[[]], [[0]], [[7]]])('is one also of %j', (values) => {
    const { low, high } = scaleOf(values, true);
    expect(high).toBeGreaterThan(low);
  });
});

describe('lines', () => {
  const scale = { low: 0, high: 10, ticks: [] };

  it('stand in the middle of each month’s column', () => {
    expect(columnMiddle(0, 4)).toBe(12.5);
    expect(fromTop(10, scale)).toBe(0);
    expect(linePath([0, 10], scale)).toBe('M25.000 100.000L75.000 0.000');
  });

  it('break where there is no value', () => {
    expect(linePath([1, null, 1, 1], scale).match(/M/g)).toHaveLength(2);
  });

  it('enclose a band, and none where it has no points', () => {
    expect(bandPath([null, 0, 0], [null, 10, 10], scale)).toMatch(/^M.+Z$/);
    expect(bandPath([null, null], [null, null], scale)).toBe('');
  });
});
