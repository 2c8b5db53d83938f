import { describe, expect, it } from 'vitest';
import { newId, publicId } from './ids';
import { cursorById, olderThan, toPage } from './page';

const rows = [1, 2, 3].map((n) => ({ id: newId(), n })).reverse();
const page = (read: typeof rows, limit: number) =>
  toPage(read, limit, ({ n }) => n, cursorById('invoice'));

describe('a page', () => {
  it('names the last row shown when one more was read', () => {
    expect(page(rows, 2)).toEqual({
      data: [3, 2],
      next_cursor: publicId('invoice', rows[1]?.id ?? ''),
    });
  });

  it('is the last one when no more were read, also when it is just full or empty', () => {
    expect(page(rows, 3)).toEqual({ data: [3, 2, 1], next_cursor: null });
    expect(page([], 3)).toEqual({ data: [], next_cursor: null });
  });
});

describe('a cursor', () => {
  it('stands for the rows before the one it names', () => {
    const id = newId();
    expect(olderThan('invoice', publicId('invoice', id))).toEqual({ id: { lt: id } });
    expect(olderThan('invoice', undefined)).toEqual({});
  });

  it.each(['', 'inv_1', 'nonsense', publicId('tenant', newId())])('is refused: %j', (cursor) => {
    expect(() => olderThan('invoice', cursor)).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'invalid_cursor' }),
    );
  });
});
