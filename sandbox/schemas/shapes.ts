/** Per kind of object: the JSON types seen at each path, such as `status_transitions.paid_at` → `null|number`. */
export type Shapes = Record<string, Record<string, string>>;

type Seen = Map<string, Map<string, Set<string>>>;
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const kindOf = (value: unknown): string | undefined =>
  isObject(value) && typeof value['object'] === 'string' && value['object'] !== 'list'
    ? value['object']
    : undefined;

function note(into: Map<string, Set<string>>, path: string, type: string): void {
  const types = into.get(path) ?? new Set();
  into.set(path, types.add(type));
}

function field(
  seen: Seen,
  into: Map<string, Set<string>>,
  path: string,
  key: string,
  value: unknown,
): void {
  if (kindOf(value)) {
    // An expanded reference is a reference; its own shape is noted under its own name.
    note(into, path, 'string');
    visit(seen, value);
    return;
  }
  note(into, path, value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
  if (key === 'metadata' || key === 'payload') return;
  const items = Array.isArray(value)
    ? value
    : isObject(value) && value['object'] === 'list'
      ? (value['data'] as unknown[])
      : undefined;
  for (const item of items ?? []) {
    if (kindOf(item)) visit(seen, item);
    else if (isObject(item)) fields(seen, into, `${path}[].`, item);
  }
  if (!items && isObject(value)) fields(seen, into, `${path}.`, value);
}

function fields(seen: Seen, into: Map<string, Set<string>>, prefix: string, of: Json): void {
  for (const [key, value] of Object.entries(of)) field(seen, into, prefix + key, key, value);
}

function visit(seen: Seen, value: unknown): void {
  const kind = kindOf(value);
  if (kind && isObject(value)) {
    const into = seen.get(kind) ?? new Map<string, Set<string>>();
    seen.set(kind, into);
    if (value['deleted'] !== true) fields(seen, into, '', value);
  } else if (Array.isArray(value)) for (const each of value) visit(seen, each);
  else if (isObject(value)) for (const each of Object.values(value)) visit(seen, each);
}

/** The shapes of all objects of the API found anywhere in `answers`. Holds no values, so nothing of the data itself. */
export function shapesOf(answers: unknown[]): Shapes {
  const seen: Seen = new Map();
  visit(seen, answers);
  const sorted = <T>(map: Map<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted(seen).map(([kind, paths]) => [
      kind,
      Object.fromEntries(sorted(paths).map(([path, types]) => [path, [...types].sort().join('|')])),
    ]),
  );
}
