import { invalidField } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';

/** The row after which a page begins, or null for the first page. Throws `invalid_cursor`. */
export function readCursor(
  kind: 'subscription' | 'invoice',
  cursor: string | undefined,
): string | null {
  if (cursor === undefined) return null;
  const id = parsePublicId(kind, cursor);
  if (!id) throw invalidField('cursor', 'invalid_cursor', 'This cursor is not one of ours.');
  return id;
}
