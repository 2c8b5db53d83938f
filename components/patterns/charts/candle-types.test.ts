import { describe, expect, it } from 'vitest';
import { type BarWindow, extendWindow } from './candle-types';

const bar = (time: number) => ({ time, open: 1, high: 1, low: 1, close: 1 });
const times = (window: BarWindow) => window.bars.map((b) => b.time);
const start: BarWindow = { bars: [bar(5), bar(6)], atStart: false, atEnd: true };

describe('extendWindow', () => {
  it('puts older bars in front and drops what overlaps', () => {
    expect(times(extendWindow(start, { before: 5 }, [bar(3), bar(4), bar(5)]))).toEqual([
      3, 4, 5, 6,
    ]);
  });
  it('knows an exhausted side by an empty answer', () => {
    expect(extendWindow(start, { before: 5 }, [])).toMatchObject({ atStart: true, atEnd: true });
  });
  it('drops the far side past the limit, which then is not the end any more', () => {
    const older = extendWindow(start, { before: 5 }, [bar(2), bar(3), bar(4)], 3);
    expect(times(older)).toEqual([2, 3, 4]);
    expect(older.atEnd).toBe(false);
    const newer = extendWindow({ ...older, atStart: true }, { after: 4 }, [bar(5), bar(6)], 3);
    expect(times(newer)).toEqual([4, 5, 6]);
    expect(newer.atStart).toBe(false);
  });
  it('starts over around a far time', () => {
    expect(times(extendWindow(start, { around: 100 }, [bar(99), bar(100)]))).toEqual([99, 100]);
  });
});
