import { describe, expect, it } from 'vitest';
import type { Bars } from './bars';
import { findIndicator } from './catalogue';

// A short made-up market. The expected values were computed with the C library TA-Lib on these very bars.
const close = [50, 52, 51, 54, 53, 55, 58, 57, 56, 59, 61, 60, 58, 57, 59, 62, 61, 63, 60, 58];
const bars: Bars = {
  time: Float64Array.from(close, (_, i) => i * 86_400_000),
  open: Float64Array.from(close, (_, i) => close[Math.max(0, i - 1)]!),
  high: Float64Array.from(close, (value, i) => value + 1 + (i % 3)),
  low: Float64Array.from(close, (value, i) => value - 1 - (i % 2)),
  close: Float64Array.from(close),
  volume: Float64Array.from(close, (_, i) => 100 + 10 * i),
};

function compute(name: string, ...params: number[]): Float64Array[] {
  const spec = findIndicator(name)!;
  const outputs = spec.outputs.map(() => new Float64Array(close.length));
  spec.compute(bars, bars.close, params, outputs);
  return outputs;
}

/** The column is undefined for `warmup` bars and then runs through the expected values to its end. */
function expectColumn(column: Float64Array | undefined, warmup: number, expected: number[]): void {
  expect(column!.subarray(0, warmup).every(Number.isNaN)).toBe(true);
  expect(expected).toHaveLength(close.length - warmup);
  expected.forEach((value, i) => expect(column![warmup + i]).toBeCloseTo(value, 9));
}

describe('textbook indicators against TA-Lib', () => {
  it('RSI', () => {
    expectColumn(
      compute('rsi', 5)[0],
      5,
      [
        77.77777777777779, 84.31372549019608, 75.10917030567686, 66.09029779058598,
        76.61864547110449, 81.42471880549891, 72.154988378786, 56.168769479018664,
        49.337014561859796, 61.15018212601848, 72.96833597350174, 64.7599811067907,
        72.49516626687671, 51.358096788978905, 41.31882072998971,
      ],
    );
  });

  it('MACD with its signal and histogram', () => {
    const [line, signal, histogram] = compute('macd', 3, 6, 3);
    expectColumn(
      line,
      7,
      [
        1.591836734693878, 1.0298833819242006, 1.324916701374427, 1.6695833581245907,
        1.3398809700889913, 0.6021471214921377, 0.03836401535152589, 0.2601037609653787,
        0.9449959899752685, 0.8403152160537601, 1.1114556230741144, 0.40665496514222355,
        -0.3317245505680546,
      ],
    );
    expectColumn(
      signal,
      7,
      [
        1.6734693877551028, 1.3516763848396516, 1.3382965431070393, 1.5039399506158149,
        1.421910460352403, 1.0120287909222703, 0.5251964031368981, 0.3926500820511384,
        0.6688230360132035, 0.7545691260334818, 0.9330123745537982, 0.6698336698480108,
        0.16905455963997806,
      ],
    );
    for (let i = 7; i < close.length; i++) {
      expect(histogram![i]).toBeCloseTo(line![i]! - signal![i]!, 12);
    }
  });

  it('ATR', () => {
    expectColumn(
      compute('atr', 5)[0],
      5,
      [
        4, 4, 4, 4, 4, 4, 4.2, 3.96, 3.968, 4.1744, 4.13952, 3.911616, 4.1292928, 4.10343424,
        4.082747392,
      ],
    );
  });

  it('ADX with +DI and −DI', () => {
    const [adx, plus, minus] = compute('adx', 4);
    expectColumn(
      adx,
      7,
      [
        82.46575342465754, 69.31506849315069, 63.61893075022969, 65.86113441008453,
        54.501557687734596, 40.93291447525652, 38.385984971208096, 33.58832953681671,
        32.9218130965996, 32.421925766436765, 39.58174756580807, 33.69952167580327,
        31.66327797509159,
      ],
    );
    expectColumn(
      plus,
      4,
      [
        25, 37.5, 34.05172413793103, 24.89495798319328, 18.324742268041234, 20.062277580071175,
        34.21656812177633, 23.937644849942792, 19.299474916625275, 14.354782117466765,
        28.013485858466403, 27.284353674234456, 21.96884988440384, 33.45918144808203,
        25.30432128575855, 19.098069268906002,
      ],
    );
    expectColumn(
      minus,
      4,
      [
        0, 0, 0, 13.445378151260504, 9.896907216494846, 7.320793085917641, 5.434645867404705,
        15.818347170475548, 19.212059572522215, 27.100196840004457, 18.990835615944228,
        14.395881432190375, 11.591293747087104, 8.089222208330202, 18.30395303537113,
        32.209481338152735,
      ],
    );
  });

  it('parabolic SAR through two turns', () => {
    expectColumn(
      compute('sar', 0.02, 0.2)[0],
      1,
      [
        49, 49.1, 49.198, 49.430080000000004, 49.6528768, 50.153704192, 50.86140785664,
        51.5124952281088, 52.11149560986009, 52.900346048874084, 54.11230452300919,
        55.17882798024809, 63, 62.84, 55, 55.16, 55.31679999999999, 55.744127999999996, 66,
      ],
    );
  });

  it('CCI', () => {
    expectColumn(
      compute('cci', 5)[0],
      4,
      [
        73.17073170731776, 130.08130081300806, 132.3529411764706, 62.841530054645084,
        28.846153846153932, 106.48148148148077, 149.9999999999999, 62.84153005464498,
        -45.454545454545396, -97.48427672956, 18.867924528301494, 106.06060606060592,
        73.77049180327865, 100.49019607843138, -73.17073170731723, -127.97619047619091,
      ],
    );
  });
});

describe('indicators by hand', () => {
  it('stochastic: the close within the range, averaged twice', () => {
    const [k, d] = compute('stochastic', 3, 2, 2);
    const raw = (i: number) => {
      const top = Math.max(bars.high[i]!, bars.high[i - 1]!, bars.high[i - 2]!);
      const bottom = Math.min(bars.low[i]!, bars.low[i - 1]!, bars.low[i - 2]!);
      return (100 * (bars.close[i]! - bottom)) / (top - bottom);
    };
    expect(Number.isNaN(k![3]!)).toBe(true);
    expect(k![4]).toBeCloseTo((raw(4) + raw(3)) / 2, 10);
    expect(d![4]).toBeCloseTo((raw(4) + 2 * raw(3) + raw(2)) / 4, 10);
  });

  it('Bollinger bands: mean and twice the deviation', () => {
    const [middle, upper, lower] = compute('bollinger', 4, 2);
    // 50, 52, 51, 54: mean 51.75, variance (3.0625 + 0.0625 + 0.5625 + 5.0625) / 4 = 2.1875.
    expect(middle![3]).toBe(51.75);
    expect(upper![3]).toBeCloseTo(51.75 + 2 * Math.sqrt(2.1875), 12);
    expect(lower![3]).toBeCloseTo(51.75 - 2 * Math.sqrt(2.1875), 12);
  });

  it('Donchian channel: extremes of three bars, this one included', () => {
    const [middle, upper, lower] = compute('donchian', 3);
    expect([upper![2], lower![2], middle![2]]).toEqual([54, 49, 51.5]);
  });

  it('OBV: adds on a rise, subtracts on a fall', () => {
    const [obv] = compute('obv');
    expect([...obv!.subarray(0, 5)]).toEqual([100, 210, 90, 220, 80]);
  });

  it('VWAP: starts afresh each UTC day, or rolls over a number of bars', () => {
    const typical = (i: number) => (bars.high[i]! + bars.low[i]! + bars.close[i]!) / 3;
    expect(compute('vwap', 0)[0]![7]).toBeCloseTo(typical(7), 12);
    const rolling = compute('vwap', 2)[0]!;
    expect(Number.isNaN(rolling[0]!)).toBe(true);
    const expected = (typical(3) * 130 + typical(4) * 140) / 270;
    expect(rolling[4]).toBeCloseTo(expected, 12);
  });

  it('SuperTrend: the band below holds until a close breaks it', () => {
    const [line, direction] = compute('supertrend', 2, 1);
    // ATR(2) starts on bar 2 with (4 + 4) / 2 = 4; (54 + 50) / 2 − 4 = 48.
    expect([line![2], direction![2]]).toEqual([48, 1]);
    const turn = direction!.indexOf(-1);
    expect(bars.close[turn]!).toBeLessThan(line![turn - 1]!);
    for (let i = 3; i < turn; i++) expect(line![i]!).toBeGreaterThanOrEqual(line![i - 1]!);
  });
});
