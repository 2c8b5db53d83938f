import type { z } from 'zod';

/** A refusal as the API writes it (RFC 9457), or that no answer came (`status` 0). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;

  constructor(status: number, code: string, detail: string, requestId: string | null) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const fallback = `The server answered ${response.status}. Try again in a moment.`;
  const requestId = response.headers.get('x-request-id');
  const text = await response.text();
  try {
    const { code, detail } = JSON.parse(text) as { code?: string; detail?: string };
    return new ApiProblem(response.status, code ?? 'unknown', detail ?? fallback, requestId);
  } catch {
    return new ApiProblem(response.status, 'unreadable', fallback, requestId);
  }
}

type Options = {
  /** Slug of the organisation shown; the session says whether the person belongs to it. Null: no tenant's. */
  tenant: string | null;
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
};

/**
 * Calls `/api/v1` from a page of the dashboard, with its session, and checks what comes back.
 * @param path begins with a slash, below `/api/v1`
 * Throws an ApiProblem.
 */
export async function apiFetch<S extends z.ZodType>(
  path: string,
  schema: S,
  { tenant, method = 'GET', body, signal }: Options,
): Promise<z.output<S>> {
  const response = await fetch(`/api/v1${path}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(tenant === null ? {} : { 'x-tenant-id': tenant }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiProblem(0, 'offline', 'The server can’t be reached. Check the connection.', null);
  });
  if (!response.ok) throw await problemOf(response);
  return schema.parse(response.status === 204 ? undefined : await response.json());
}
