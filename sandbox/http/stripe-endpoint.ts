import { type Api, API_VERSION } from '@/sandbox/stripe/api';
import { ApiError, invalid, notImplemented } from '@/sandbox/http/errors';
import { expand } from '@/sandbox/http/expand';
import { parseForm } from '@/sandbox/http/form';
import { fingerprint, replay } from '@/sandbox/http/idempotency';
import { decodeParams, type RequestSchema, type Schema } from '@/sandbox/http/params';
import type { Route } from '@/sandbox/http/route';
import { newId } from '@/sandbox/stripe/ids';
import { routes } from '@/sandbox/stripe/routes';
import generated from '@/sandbox/schemas/generated/requests.json';

const schemas = generated as unknown as {
  $defs: Record<string, Schema>;
  requests: Record<string, RequestSchema>;
  known: string[];
};

export type StripeRequest = {
  method: string;
  url: URL;
  headers: Record<string, string | undefined>;
  body: string;
};
export type StripeAnswer = {
  status: number;
  headers: Record<string, string>;
  body: string;
  route?: string;
};

const INLINE_LINES = 10;

const patternOf = (path: string) => new RegExp(`^${path.replace(/:id/g, '([^/]+)')}$`);
const compiled = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
const known = schemas.known.map((signature) => ({
  method: signature.split(' ')[0],
  pattern: patternOf(signature.split(' ')[1] ?? ''),
}));
const literals = new Set(schemas.known);

function find(method: string, path: string): { route: Route; ids: string[] } {
  // A literal path such as /v1/invoices/create_preview goes before one with an id in its place.
  const hits = compiled.flatMap(({ route, pattern }) => {
    const match = route.method === method ? pattern.exec(path) : null;
    return match ? [{ route, ids: match.slice(1).map(decodeURIComponent) }] : [];
  });
  const best = hits.sort((a, b) => a.ids.length - b.ids.length)[0];
  if (best && !(best.ids.length > 0 && literals.has(`${method} ${path}`))) return best;
  const isKnown = known.some((each) => each.method === method && each.pattern.test(path));
  if (isKnown) throw notImplemented(`${method} ${path}`);
  throw new ApiError(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
  });
}

function authorise(headers: StripeRequest['headers']): void {
  const given = headers['authorization'] ?? '';
  const basic = /^Basic (.+)$/i.exec(given)?.[1];
  const key =
    /^Bearer (.+)$/i.exec(given)?.[1] ??
    (basic ? Buffer.from(basic, 'base64').toString().split(':')[0] : undefined);
  const refuse = (message: string) => new ApiError(401, { type: 'invalid_request_error', message });
  if (!key)
    throw refuse(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  if (!/^sk_test_\w+$/.test(key))
    throw refuse(
      `Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(8)}. The local sandbox takes keys that start with sk_test_ only.`,
    );
  const version = headers['stripe-version'];
  if (version && version !== API_VERSION)
    throw invalid(
      `The local sandbox speaks API version ${API_VERSION} only, not ${version}.`,
      'Stripe-Version',
    );
}

/** A refusal keeps what was done on the way (a declined charge); an unforeseen failure takes everything back. */
function runWhole(api: Api, work: () => object): object {
  const outcome = api.store.attempt(() => {
    try {
      return { body: work() };
    } catch (error) {
      if (error instanceof ApiError) return { error };
      throw error;
    }
  });
  if ('error' in outcome) throw outcome.error;
  return outcome.body;
}

function execute(api: Api, request: StripeRequest): { body: object; route: Route } {
  const { pathname } = request.url;
  const { route, ids } = find(request.method, pathname);
  const schema = schemas.requests[`${route.method} ${route.path}`];
  if (!schema) throw new Error(`No schema for ${route.method} ${route.path}: run the generator`);
  const form =
    request.method === 'POST'
      ? request.body
      : [request.url.search.slice(1), request.body].filter(Boolean).join('&');
  const { expand: paths = [], ...params } = decodeParams(
    parseForm(form),
    schema,
    schemas.$defs,
  ) as { expand?: string[] };
  const body = runWhole(api, () =>
    route.run(params, { api, id: ids[0] ?? '', ids, path: pathname }),
  );
  return { body: expand(api, body, paths), route };
}

function errorBody(error: ApiError, request: string): object {
  const { code } = error.body;
  // Whoever is unknown has no log to look into.
  if (error.status === 401) return { error: error.body };
  return {
    error: {
      ...error.body,
      ...(code
        ? { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` }
        : {}),
      request_log_url: `https://dashboard.stripe.com/test/logs/${request}`,
    },
  };
}

/** Stripe puts the first ten lines into an invoice or credit note; the rest is a list of its own. */
function firstLines(key: string, value: unknown): unknown {
  const list = value as { data: unknown[] } | null;
  if (key !== 'lines' || !Array.isArray(list?.data) || list.data.length <= INLINE_LINES)
    return value;
  return { ...list, data: list.data.slice(0, INLINE_LINES), has_more: true };
}

/** Answers one call of Stripe's API. Synchronous, so that no other request sees it half done. */
export function answerStripe(api: Api, request: StripeRequest): StripeAnswer {
  const id = newId('req', 14);
  const key = request.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  const print = fingerprint(request.method, request.url.pathname, request.body);
  const headers = {
    'content-type': 'application/json',
    'request-id': id,
    'stripe-version': API_VERSION,
    ...(key ? { 'idempotency-key': key } : {}),
  };
  const respond = (status: number, body: object, route?: Route): StripeAnswer => ({
    status,
    headers: { ...headers, ...(status === 501 ? { 'stripe-should-retry': 'false' } : {}) },
    body: JSON.stringify(body, firstLines, 2),
    ...(route ? { route: `${route.method} ${route.path}` } : {}),
  });
  let answer: StripeAnswer;
  try {
    authorise(request.headers);
    const before = key ? replay(api.store, key, print) : undefined;
    if (before)
      return {
        status: before.status,
        headers: { ...headers, 'original-request': before.request, 'idempotent-replayed': 'true' },
        body: before.body,
      };
    api.request = { id, idempotency_key: key ?? null };
    const { body, route } = execute(api, request);
    answer = respond(200, body, route);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    answer = respond(error.status, errorBody(error, id));
    // Stripe keeps no answer for a request that never began: wrong key, unknown or missing params.
    if (error.status !== 402) return answer;
  } finally {
    api.request = { id: null, idempotency_key: null };
  }
  if (key)
    api.store.put('_answer', {
      id: key,
      fingerprint: print,
      request: id,
      status: answer.status,
      body: answer.body,
    });
  return answer;
}
