import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '@/sandbox/http/errors';
import { type Faults, NO_FAULTS } from '@/sandbox/http/faults';
import {
  answerStripe,
  type StripeAnswer,
  type StripeRequest,
} from '@/sandbox/http/stripe-endpoint';
import { answerPayPal, type PayPalRequest } from '@/sandbox/paypal/answer';
import { message, type PageAnswer } from '@/sandbox/pages/layout';
import type { PageRoute } from '@/sandbox/pages/route';
import { json } from '@/sandbox/pages/route';
import type { Api } from '@/sandbox/stripe/api';
import type { Courier } from '@/sandbox/webhooks/courier';

const PAYPAL_API = /^\/paypal\/v[12]\//;
const MAX_BODY = 2 * 1024 * 1024;

export type Exchange = { request: StripeRequest; answer: StripeAnswer };
type ServerOptions = {
  host: string;
  port: number;
  pages: PageRoute[];
  context: () => { api: Api; courier: Courier };
  observe?: ((exchange: Exchange) => void) | undefined;
};

async function readBody(request: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY)
      throw new ApiError(413, {
        type: 'invalid_request_error',
        message: 'The request body is larger than 2 MB.',
      });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Only names of this machine may lead here, and only its own pages may post: a web page elsewhere can't drive the sandbox. */
function isForeign(request: http.IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const local = (name: string) =>
    name === 'localhost' || name.endsWith('.localhost') || name === '127.0.0.1' || name === '[::1]';
  if (!local(host)) return true;
  const { origin } = request.headers;
  return (
    request.method !== 'GET' &&
    origin !== undefined &&
    (origin === 'null' || origin !== `http://${request.headers.host}`)
  );
}

/** An API with the faults that tests ask for. `undefined` means: cut the connection. */
async function withFaults<A extends PageAnswer>(
  api: Api,
  { method, path }: { method: string; path: string },
  work: () => A,
): Promise<A | PageAnswer | undefined> {
  const faults = (api.store.find('_settings', 'faults')?.value as Faults | undefined) ?? NO_FAULTS;
  const lost: PageAnswer = {
    status: 500,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      error: { type: 'api_error', message: 'An unknown error occurred (sandbox fault)' },
    }),
  };
  const strikes = path.startsWith(faults.path) && ['', method].includes(faults.method);
  const use = (name: 'fail_before' | 'fail_after' | 'drop_after') => {
    if (!strikes || faults[name] <= 0) return false;
    api.store.put('_settings', { id: 'faults', value: { ...faults, [name]: faults[name] - 1 } });
    return true;
  };
  if (strikes && faults.slow_ms > 0) await sleep(faults.slow_ms);
  if (use('fail_before')) return lost;
  const answer = work();
  if (use('drop_after')) return undefined;
  return use('fail_after') ? lost : answer;
}

function matchPage(
  pages: PageRoute[],
  method: string,
  path: string,
): { route: PageRoute; ids: string[] } | undefined {
  for (const route of pages) {
    if (route.method !== method) continue;
    const match = new RegExp(`^${route.path.replace(/:id/g, '([^/]+)')}$`).exec(path);
    if (match) return { route, ids: match.slice(1).map(decodeURIComponent) };
  }
  return undefined;
}

function parseJson(body: string): unknown {
  try {
    return body ? (JSON.parse(body) as unknown) : {};
  } catch {
    throw new ApiError(400, {
      type: 'invalid_request_error',
      message: 'The body is not valid JSON.',
    });
  }
}

/** Finds what answers: Stripe's API under /v1, PayPal's under /paypal/v1, else a page or control endpoint. */
async function handle(
  options: ServerOptions,
  request: http.IncomingMessage,
): Promise<PageAnswer | undefined> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const method = request.method ?? 'GET';
  const body = await readBody(request);
  const { api, courier } = options.context();
  const at = { method, path: url.pathname };
  if (url.pathname.startsWith('/v1/') || url.pathname.startsWith('/v2/')) {
    const call: StripeRequest = {
      method,
      url,
      headers: request.headers as StripeRequest['headers'],
      body,
    };
    const answer = await withFaults(api, at, () => answerStripe(api, call));
    if (answer) options.observe?.({ request: call, answer });
    return answer;
  }
  const found = matchPage(options.pages, method, url.pathname);
  if (!found && PAYPAL_API.test(url.pathname)) {
    const call: PayPalRequest = {
      method,
      path: url.pathname.slice('/paypal'.length),
      query: url.searchParams,
      headers: request.headers as PayPalRequest['headers'],
      body,
    };
    return withFaults(api, at, () => answerPayPal(api, call));
  }
  if (!found)
    return message('No such page', `The sandbox has nothing at ${url.pathname}.`, 404, {
      href: '/',
      label: 'Open the overview',
    });
  const isJson = request.headers['content-type']?.includes('application/json') ?? false;
  const form = new URLSearchParams(isJson ? '' : body);
  const { ids } = found;
  return found.route.run({
    api,
    courier,
    id: ids[0] ?? '',
    ids,
    query: url.searchParams,
    form,
    json: isJson ? parseJson(body) : {},
  });
}

async function answerOf(
  options: ServerOptions,
  request: http.IncomingMessage,
): Promise<PageAnswer | undefined> {
  if (isForeign(request))
    return json({ error: { message: 'The sandbox answers to this machine only.' } }, 403);
  try {
    return await handle(options, request);
  } catch (error) {
    if (error instanceof ApiError) return json({ error: error.body }, error.status);
    process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`);
    return json(
      {
        error: {
          type: 'api_error',
          message: 'The sandbox failed at this request; its log says why.',
        },
      },
      500,
    );
  }
}

/** Starts the one HTTP port: API, pages and control. */
export async function startHttp(
  options: ServerOptions,
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = http.createServer((request, response) => {
    void answerOf(options, request).then((answer) => {
      if (!answer) return response.destroy();
      return response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
