import { describe, expect, it } from 'vitest';
import { toCsv } from './csv';

describe('toCsv', () => {
  it('quotes what needs quoting and leaves undefined figures empty', () => {
    expect(
      toCsv(
        ['time', 'note'],
        [
          ['2020-01-01', 'a "b", c'],
          [1.5, null],
          [Number.NaN, 'x'],
        ],
      ),
    ).toBe('time,note\r\n2020-01-01,"a ""b"", c"\r\n1.5,\r\n,x\r\n');
  });
  it('defuses formulas in text but not negative figures', () => {
    expect(toCsv(['a', 'b'], [['=1+1', -2]])).toBe("a,b\r\n'=1+1,-2\r\n");
  });
});
