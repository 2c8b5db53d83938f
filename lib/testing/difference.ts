import { isDeepStrictEqual } from 'node:util';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/**
 * The first place in which two values differ and what is there, or null where they are the same. `alike` may let pass
 * what differs in a way that doesn't matter.
 */
export function differenceOf(
  expected: unknown,
  found: unknown,
  alike: (expected: unknown, found: unknown) => boolean = () => false,
  place = '',
): string | null {
  if (isDeepStrictEqual(expected, found) || alike(expected, found)) return null;
  if (!isRecord(expected) || !isRecord(found)) {
    return `${place}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
  }
  for (const key of Object.keys({ ...expected, ...found })) {
    const inner = differenceOf(expected[key], found[key], alike, `${place}.${key}`);
    if (inner) return inner;
  }
  return null;
}
