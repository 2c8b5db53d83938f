import type { z } from 'zod';
import { DomainError, type FieldError, invalid } from '@/lib/kernel/errors';

/** Largest JSON body, in bytes. Uploads stream and have limits of their own. */
export const MAX_BODY = 1_000_000;

const dotted = (path: readonly PropertyKey[]) =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');

/** Zod's findings as field errors; an unknown key is an error at that key. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue): FieldError[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: dotted([...issue.path, key]),
        code: 'unknown_field',
        message: `There is no field named ${key}.`,
      }));
    }
    const missing = issue.code === 'invalid_type' && issue.input === undefined;
    return [
      {
        path: dotted(issue.path),
        code: missing
          ? 'required'
          : issue.code === 'custom'
            ? (issue.params?.code ?? 'invalid')
            : issue.code,
        message: missing ? 'This field is required.' : issue.message,
      },
    ];
  });
}

export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalid(fieldErrors(parsed.error).slice(0, 100));
}

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
