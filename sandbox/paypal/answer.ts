import { createHash, randomBytes } from 'node:crypto';
import { catalogueEndpoints } from '@/sandbox/paypal/catalogue';
import { disputeEndpoints } from '@/sandbox/paypal/disputes';
import type { Call, Endpoint } from '@/sandbox/paypal/endpoint';
import { invalidRequest, notImplemented, PayPalError } from '@/sandbox/paypal/errors';
import { orderEndpoints } from '@/sandbox/paypal/orders';
import { refundEndpoints } from '@/sandbox/paypal/refunds';
import { subscriptionEndpoints } from '@/sandbox/paypal/subscriptions';
import { grantToken, requireToken, TOKEN_PATH } from '@/sandbox/paypal/token';
import { webhookEndpoints } from '@/sandbox/paypal/webhooks';
import type { Api } from '@/sandbox/stripe/api';

export type PayPalRequest = {
  method: string;
  /** Without the prefix under which the sandbox serves PayPal. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: string;
};
export type PayPalAnswer = { status: number; headers: Record<string, string>; body: string };

/** Every endpoint of PayPal's API that the sandbox answers. All others are an explicit 501. */
const ENDPOINTS: { endpoint: Endpoint; pattern: RegExp }[] = [
  ...catalogueEndpoints,
  ...subscriptionEndpoints,
  ...orderEndpoints,
  ...refundEndpoints,
  ...disputeEndpoints,
  ...webhookEndpoints,
].map((endpoint) => ({
  endpoint,
  pattern: new RegExp(`^${endpoint.path.replace(/:id/g, '([^/]+)')}$`),
}));

function find({ method, path }: PayPalRequest): { endpoint: Endpoint; id: string } {
  for (const { endpoint, pattern } of ENDPOINTS) {
    const match = endpoint.method === method ? pattern.exec(path) : null;
    if (match) return { endpoint, id: decodeURIComponent(match[1] ?? '') };
  }
  throw notImplemented(`${method} ${path}`);
}

function parse(body: string): unknown {
  try {
    return body.trim() ? (JSON.parse(body) as unknown) : {};
  } catch {
    throw invalidRequest([
      { issue: 'MALFORMED_REQUEST_JSON', description: 'The request JSON is not well formed.' },
    ]);
  }
}

/** A refusal keeps what was done on the way (a declined payment); an unforeseen failure takes everything back. */
function run(api: Api, request: PayPalRequest): { status: number; body: string } {
  const { endpoint, id } = find(request);
  const { query, headers, body: raw } = request;
  const call: Call<unknown> = { api, id, body: parse(raw), raw, query, headers };
  const outcome = api.store.attempt(() => {
    try {
      return endpoint.run(call);
    } catch (error) {
      if (error instanceof PayPalError) return error;
      throw error;
    }
  });
  if (outcome instanceof PayPalError) throw outcome;
  return { status: outcome.status, body: outcome.body ? JSON.stringify(outcome.body) : '' };
}

/** The same PayPal-Request-Id gives the first answer again; with another request it is refused. */
function runOnce(api: Api, request: PayPalRequest): { status: number; body: string } {
  const key = request.method === 'POST' ? request.headers['paypal-request-id'] : undefined;
  if (!key) return run(api, request);
  const print = createHash('sha256').update(`${request.path}\n${request.body}`).digest('hex');
  const before = api.store.find('paypal.answer', key);
  if (before && before.print !== print)
    throw invalidRequest([
      {
        issue: 'DUPLICATE_REQUEST_ID',
        description: 'This PayPal-Request-Id was used for another request.',
      },
    ]);
  if (before) return before;
  const answer = run(api, request);
  api.store.put('paypal.answer', { id: key, print, ...answer });
  return answer;
}

function errorBody(error: PayPalError, debug: string): object {
  if (/^[a-z_]+$/.test(error.problem))
    return { error: error.problem, error_description: error.message };
  const { problem: name, message, details } = error;
  return { name, message, debug_id: debug, ...(details.length ? { details } : {}), links: [] };
}

/** Answers one call of PayPal's API. Synchronous, so that no other request sees it half done. */
export function answerPayPal(api: Api, request: PayPalRequest): PayPalAnswer {
  const debug = randomBytes(7).toString('hex');
  const headers = { 'content-type': 'application/json', 'paypal-debug-id': debug };
  const { authorization = '' } = request.headers;
  try {
    if (request.method === 'POST' && request.path === TOKEN_PATH) {
      const body = JSON.stringify(grantToken(api.store, authorization, request.body));
      return { status: 200, headers, body };
    }
    requireToken(api.store, authorization);
    return { headers, ...runOnce(api, request) };
  } catch (error) {
    if (!(error instanceof PayPalError)) throw error;
    return { status: error.status, headers, body: JSON.stringify(errorBody(error, debug)) };
  }
}
