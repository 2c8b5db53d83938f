import { describe, expect, it } from 'vitest';
import type { Bars } from './bars';
import { hl, phld, pressure, pressureHighLow, pressureVector } from './neozork';

const NAN = Number.NaN;
const POINT = 0.5;
const bars: Bars = {
  time: Float64Array.of(0, 1, 2, 3, 4, 5),
  open: Float64Array.of(10, 11, 12, 13, 14, 15),
  high: Float64Array.of(12, 13, 14, 14, 16, 17),
  low: Float64Array.of(10, 9, 12, 14, 13, 15),
  close: Float64Array.of(11, 12, 13, 14, 15, 16),
  volume: Float64Array.of(100, 200, 400, 60, 90, 30),
};
const column = () => new Float64Array(6);

describe('NeoZork indicators by hand', () => {
  it('HL counts the range of the bar before in points; 0 first', () => {
    // Ranges 2, 4, 2, 0, 3 in halves.
    expect([...hl(bars, POINT)]).toEqual([0, 4, 8, 4, 0, 6]);
  });

  it('pressure is volume by HL of the bar before, undefined where HL is 0', () => {
    expect([...pressure(bars, POINT)]).toEqual([NAN, NAN, 200 / 4, 400 / 8, 60 / 4, NAN]);
  });

  it('the pressure vector is the change of pressure', () => {
    expect([...pressureVector(bars, POINT)]).toEqual([NAN, NAN, NAN, 0, -35, NAN]);
  });

  it('PHLD puts half the range around the open, with a direction', () => {
    const outputs = [column(), column(), column()] as const;
    phld(bars, POINT, outputs);
    const [direction, low, high] = outputs;
    expect([...direction]).toEqual([NAN, NAN, NAN, 0, -1, NAN]);
    expect([...low]).toEqual([10, 10, 10, 12, 14, 13.5]);
    expect([...high]).toEqual([10, 12, 14, 14, 14, 16.5]);
  });

  it('PV_HighLow shifts the range by the cube of ½·ln π times the vector', () => {
    const outputs = [column(), column()] as const;
    pressureHighLow(bars, POINT, outputs);
    const e = Math.log(Math.PI) / 2;
    expect(outputs[0][4]).toBeCloseTo(14 - e ** 3 * -35 * 0.5, 12);
    expect(outputs[1][4]).toBeCloseTo(14 - e ** 3 * -35 * 0.5, 12);
    expect(outputs[0][3]).toBeCloseTo(13 - 4 * e * 0.5, 12);
    expect(outputs[1][3]).toBeCloseTo(13 + 4 * e * 0.5, 12);
    expect(outputs[0][0]).toBeNaN();
  });
});
