import { invalidField } from './errors';
import { type IdKind, parsePublicId, publicId } from './ids';

/**
 * Lists, newest first: ids sort by time of creation, and a cursor is the public id of the last row
 * that was shown. So a page is found by its key, and rows that come meanwhile shift nothing.
 */
export type Page<T> = { data: T[]; next_cursor: string | null };

/** For cursors of a form of their own. */
export const invalidCursor = () =>
  invalidField('cursor', 'invalid_cursor', 'This cursor is not one of ours.');

/** The condition on `id` that a cursor stands for; none for the first page. Throws `invalid_cursor`. */
export function olderThan(kind: IdKind, cursor: string | undefined): { id?: { lt: string } } {
  if (cursor === undefined) return {};
  const id = parsePublicId(kind, cursor);
  if (id === null) throw invalidCursor();
  return { id: { lt: id } };
}

/** A page of `limit` from rows read with `take: limit + 1`: the one too many tells that there are more. */
export function toPage<R, T>(
  rows: readonly R[],
  limit: number,
  show: (row: R) => T,
  cursorOf: (last: R) => string,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { data: shown.map(show), next_cursor: more ? cursorOf(last) : null };
}

/** The cursor of rows that are listed by `id`. */
export const cursorById =
  (kind: IdKind) =>
  ({ id }: { id: string }): string =>
    publicId(kind, id);
