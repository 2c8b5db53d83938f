import { z } from 'zod';
import { type Detail, invalidRequest } from '@/sandbox/paypal/errors';
import type { Api } from '@/sandbox/stripe/api';

export type Call<B> = {
  api: Api;
  /** The first `:id` of the path. */
  id: string;
  body: B;
  /** The body as it arrived: signatures are over bytes. */
  raw: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
};
export type Answer = { status: number; body?: object };

export type Endpoint = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  run: (call: Call<unknown>) => Answer;
};

/** One endpoint; `shape` is all that its body may hold, and whatever else stands there is refused by name. */
export function endpoint<S extends z.ZodType>(
  signature: string,
  shape: S,
  run: (call: Call<z.infer<S>>) => Answer,
): Endpoint {
  const [method, path] = signature.split(' ') as [Endpoint['method'], string];
  return { method, path, run: (call) => run({ ...call, body: check(shape, call.body) }) };
}

export const NO_BODY = z.strictObject({});

function check<S extends z.ZodType>(shape: S, body: unknown): z.infer<S> {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalidRequest(parsed.error.issues.flatMap((issue) => detailsOf(issue)));
}

function detailsOf(issue: z.core.$ZodIssue): Detail[] {
  const at = (path: PropertyKey[]) => `/${path.map(String).join('/')}`;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      issue: 'UNSUPPORTED_FIELD',
      description: `The local sandbox does not know the field ${key}.`,
      field: at([...issue.path, key]),
      location: 'body',
    }));
  const missing = issue.code === 'invalid_type' && issue.message.includes('undefined');
  return [
    {
      issue: missing ? 'MISSING_REQUIRED_PARAMETER' : 'INVALID_PARAMETER_SYNTAX',
      description: missing ? 'A required field is missing.' : issue.message,
      field: at(issue.path),
      location: 'body',
    },
  ];
}
