import { describe, expect, it } from 'vitest';
import { askedMonth } from './asked-month';

const now = new Date('2026-11-30T23:59:59Z');

describe('the month of an address', () => {
  it.each([undefined, ''])('is the running one where none is asked for (%s)', (given) => {
    expect(askedMonth(given, now)).toBe('2026-11');
  });

  it.each(['2026-99', '2026-00', '2026-1', 'last', '2026-11-01', ['2026-10', '2026-11']])(
    'isn’t another one than was asked for: %s is none',
    (given) => {
      expect(askedMonth(given, now)).toBeNull();
    },
  );

  it('is the one that is asked for', () => {
    expect(askedMonth('2025-02', now)).toBe('2025-02');
  });
});
