/** Reads parts of a strategy document that may be half-written, as in an editor. */

export type ParamPart = { name: string; value: number; min: number; max: number };

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member of a record, or an empty one. */
export function part(value: unknown, name: string): Record<string, unknown> {
  const member = isRecord(value) ? value[name] : undefined;
  return isRecord(member) ? member : {};
}

/** The document's parameters, as far as they are complete. */
export function paramsOf(definition: unknown): ParamPart[] {
  return Object.entries(part(definition, 'params')).flatMap(([name, param]) => {
    if (!isRecord(param)) return [];
    const { default: value, min, max } = param;
    return typeof value === 'number' && typeof min === 'number' && typeof max === 'number'
      ? [{ name, value, min, max }]
      : [];
  });
}

/** A copy with one value changed, deep inside; parts on the way that are missing are made. */
export function withValue(
  record: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [name, ...rest] = path;
  if (name === undefined) return record;
  return {
    ...record,
    [name]: rest.length === 0 ? value : withValue(part(record, name), rest, value),
  };
}
