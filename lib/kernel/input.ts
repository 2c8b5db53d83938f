import type { z } from 'zod';
import type { FieldError } from './errors';
import { inputMessage } from './input-messages';

export type Checked<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] };

/** `bars[3].high` for the path of a value. */
export function dottedPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

/** A value as its schema makes it, or what is wrong with it, field by field, in the product's words. */
export function checkInput<S extends z.ZodType>(schema: S, value: unknown): Checked<z.output<S>> {
  const parsed = schema.safeParse(value, { reportInput: true, error: inputMessage });
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, errors: parsed.error.issues.flatMap(fieldErrors) };
}

/** What Zod says of a field that isn't there, a choice among words or forms included. */
const MISSING = new Set(['invalid_type', 'invalid_value', 'invalid_union']);

/** An unknown key is an error at that key. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: dottedPath([...issue.path, key]),
      code: 'unknown_field',
      message: `There is no field named ${key}.`,
    }));
  }
  const path = dottedPath(issue.path);
  if (MISSING.has(issue.code) && issue.input === undefined) {
    return [{ path, code: 'required', message: 'This field is required.' }];
  }
  const code = issue.code === 'custom' ? String(issue.params?.code ?? 'invalid') : issue.code;
  return [{ path, code, message: issue.message }];
}
