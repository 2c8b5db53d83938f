import type { z } from 'zod';
import { DomainError, invalid, invalidField } from '@/lib/kernel/errors';
import { checkInput, dottedPath } from '@/lib/kernel/input';

/** Largest JSON body, in bytes. Uploads stream and have limits of their own. */
export const MAX_BODY = 1_000_000;

/**
 * The value as its schema makes it. Throws `invalid` with the fields at fault. Rows that the verb
 * judges one by one, `ownRows`, keep characters that can't be stored: the verb reports them.
 */
export function parseInput<S extends z.ZodType>(
  schema: S,
  value: unknown,
  ownRows = false,
): z.output<S> {
  const checked = checkInput(schema, value);
  if (!checked.ok) throw invalid(checked.errors.slice(0, 100));
  if (!ownRows) refuseUnstorable(value);
  return checked.value;
}

/** NUL and halves of surrogate pairs: neither is text, and PostgreSQL stores neither. */
const UNSTORABLE = /\0|\p{Cs}/u;

type Place = { key: PropertyKey; within: Place | null };

/**
 * Looks at every text and name in a value, however deep, without recursion. A field called `__proto__`
 * is none that anybody means, and schemas pass over it in silence.
 */
function refuseUnstorable(value: unknown): void {
  const open: { value: unknown; place: Place | null }[] = [{ value, place: null }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: one, place } = next;
    if (typeof one === 'string' && UNSTORABLE.test(one)) throw unstorable(place);
    if (typeof one !== 'object' || one === null) continue;
    const list = Array.isArray(one);
    for (const [name, inner] of Object.entries(one)) {
      if (!list && UNSTORABLE.test(name)) throw unstorable(place);
      if (!list && name === '__proto__') throw unknownField({ key: name, within: place });
      open.push({ value: inner, place: { key: list ? Number(name) : name, within: place } });
    }
  }
}

function pathOf(place: Place | null): string {
  const path: PropertyKey[] = [];
  for (let at = place; at; at = at.within) path.push(at.key);
  return dottedPath(path.reverse());
}

const unstorable = (place: Place | null) =>
  invalidField(
    pathOf(place),
    'invalid_characters',
    'This holds a character that is not text, such as NUL.',
  );

const unknownField = (place: Place) =>
  invalidField(pathOf(place), 'unknown_field', 'There is no field of this name.');

/** Query parameters; one given twice becomes a list. */
export function readQuery(url: URL): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const key of new Set(url.searchParams.keys())) {
    const all = url.searchParams.getAll(key);
    query[key] = all.length > 1 ? all : (all[0] ?? '');
  }
  return query;
}

const tooLarge = () =>
  new DomainError('too_large', 'body_too_large', 'The body is larger than 1 MB.');

/** The body's bytes, refused as soon as they are too many. */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY) throw tooLarge();
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > MAX_BODY) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(part.value);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Parses JSON. An empty body is `{}`, so that a missing field is named rather than the syntax. */
export function readJson(request: Request, bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) return {};
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(type)) {
    throw new DomainError(
      'unsupported_media',
      'unsupported_media_type',
      'Send JSON with the header Content-Type: application/json.',
    );
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new DomainError('malformed', 'malformed_json', 'The body is not readable as JSON.', {
      cause,
    });
  }
}
