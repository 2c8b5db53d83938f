import type { Route } from '@/lib/transport/route-spec';
import { routes } from '@/lib/runtime/routes.generated';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export type Endpoint = { name: string; method: string; path: string; route: Route };

/** Every endpoint below /api/v1 that the manifest has, as `GET /api/v1/strategies/:id`. */
export function apiEndpoints(): Endpoint[] {
  return routes
    .filter(({ path }) => path.startsWith('/api/v1/'))
    .flatMap(({ path, module }) =>
      METHODS.filter((method) => method in module).map((method) => ({
        name: `${method} ${path}`,
        method,
        path,
        route: module[method] as Route,
      })),
    );
}

export type Call = {
  params?: Record<string, string>;
  query?: string;
  body?: unknown;
  /** A body that isn't JSON. */
  raw?: { type: string; text: string };
};

export type Answer = { status: number; text: string };

/** Calls a handler as the gateway would, and reads what comes of its answer within a moment. */
export async function callRoute(
  { method, path, route }: Endpoint,
  call: Call,
  headers: Record<string, string>,
): Promise<Answer> {
  const params = call.params ?? {};
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const abort = new AbortController();
  const body = call.raw?.text ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
  const request = new Request(`http://localhost:8080${filled}${call.query ?? ''}`, {
    method,
    signal: abort.signal,
    headers: {
      host: 'localhost:8080',
      ...(body === undefined ? {} : { 'content-type': call.raw?.type ?? 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const response = await route(request, { params });
  const text = await readBriefly(response, abort);
  return { status: response.status, text };
}

/** Streams never end by themselves; what they send in the first moment is read. */
async function readBriefly(response: Response, abort: AbortController): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    return response.text();
  }
  const reader = response.body?.getReader();
  const first = await Promise.race([
    reader?.read(),
    new Promise<undefined>((resolve) => setTimeout(resolve, 300)),
  ]);
  abort.abort();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}
