import { isDeepStrictEqual } from 'node:util';

/**
 * Whether a row says anything else than `columns` do. Documents are compared by what they hold,
 * for the database keeps their keys in an order of its own.
 */
export function differs(row: object, columns: object): boolean {
  const kept = row as Record<string, unknown>;
  return Object.entries(columns).some(([name, value]) => !isDeepStrictEqual(kept[name], value));
}
