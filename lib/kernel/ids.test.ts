import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstIdOf, idTime, isUuid, newId, parsePublicId, publicId } from './ids';

describe('ids', () => {
  it('tell when they were made', () => {
    const moment = Date.parse('2026-03-01T10:20:30.456Z');
    expect(idTime(newId(moment))).toBe(moment);
  });

  it('begin with the first of their millisecond', () => {
    const at = 1_764_000_000_000;
    expect(firstIdOf(at) <= newId(at)).toBe(true);
    expect(firstIdOf(at) > newId(at - 1)).toBe(true);
    expect(idTime(firstIdOf(at))).toBe(at);
  });

  it('of one process sort in the order in which they were made, also within a millisecond', () => {
    const now = Date.now();
    const made = Array.from({ length: 20_000 }, (_, index) =>
      newId(now + Math.floor(index / 9_000)),
    );
    expect(made.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
    expect(made.every(isUuid)).toBe(true);
  });

  it('come back from their public form', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect(parsePublicId('tenant', publicId('tenant', uuid))).toBe(uuid);
      }),
    );
  });

  it.each([
    ['of another kind', publicId('invoice', newId())],
    ['too short', 'ten_0'],
    ['with a letter the alphabet lacks', `ten_${'u'.repeat(26)}`],
    ['of more than 128 bits', `ten_${'z'.repeat(26)}`],
    ['in upper case', publicId('tenant', newId()).toUpperCase()],
    ['a plain UUID', newId()],
  ])('are refused: %s', (_, id) => {
    expect(parsePublicId('tenant', id)).toBeNull();
  });
});
