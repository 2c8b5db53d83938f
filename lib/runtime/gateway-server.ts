import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { log } from '@/lib/infra/log';
import { DomainError, notFound } from '@/lib/kernel/errors';
import { defineRoute } from '@/lib/transport/define-route';
import { newRequestId, problemOf } from '@/lib/transport/error-map';
import { hostKind } from '@/lib/transport/host';
import { cleanHeaders, secure } from './gateway-headers';
import { type MountedRoute, makeRouter } from './gateway-router';
import { rootAddress } from './root-address';
import { answerHandshake, handshakeRequest } from './handshake';

export type GatewayOptions = {
  routes: readonly MountedRoute[];
  rootDomain: string;
  /** Production: TLS ends at a proxy, which alone reaches this port. */
  behindProxy: boolean;
  /** Whatever isn't the API; null for a gateway without pages. */
  pages: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null;
  /** Takes WebSocket handshakes, host and headers checked and cleaned before; false for one it doesn't know. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
};

export type Gateway = {
  server: Server;
  /** Stops taking connections, lets answers under way end, then cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>;
};

/** Paths that never reach the pages. */
const API = /^\/api\/(?:v1|health|metrics|webhooks)(?:\/|$)/;
/** Where calls are limited and counted, also those that nobody answers. */
const LIMITED = /^\/api\/v1(?:\/|$)/;
/** Probes come by address, not by name. */
const ANY_HOST = /^\/api\/health(?:\/|$)/;

/** Answers what nobody serves, limited and counted like every other call. */
const nowhere = defineRoute(
  { summary: 'No endpoint', tag: 'None', access: 'public', rawBody: true, quotaExempt: true },
  () => Promise.reject(notFound('endpoint')),
);

const NO_BODY = new Set([101, 204, 205, 304]);

/** The lean host: one port for the API, its streams and, where there are any, the pages. */
export function makeGateway(options: GatewayOptions): Gateway {
  const scheme = options.behindProxy ? 'https' : 'http';
  const match = makeRouter(options.routes);
  const api = getRequestListener((request) => answerApi(match, request), {
    overrideGlobalObjects: false,
    errorHandler: (error) => problemAnswer(error, newRequestId()),
  });
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const host = hostKind(request.headers.host ?? null, options.rootDomain);
    const path = pathOf(request);
    secure(response, scheme);
    if (!path.startsWith('/')) return refuseTarget(response);
    if (host.kind === 'unknown' && !ANY_HOST.test(path)) return refuseHost(response, options);
    cleanHeaders(request, { host, behindProxy: options.behindProxy, scheme });
    if (API.test(path)) return void api(request, response);
    if (!options.pages) return refusePage(response);
    const elsewhere = rootAddress(request, path, { rootDomain: options.rootDomain, scheme });
    if (elsewhere !== null) return void response.writeHead(307, { location: elsewhere }).end();
    return void options.pages(request, response).catch((error: unknown) => {
      log().error({ err: error, path }, 'page failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const host = hostKind(request.headers.host ?? null, options.rootDomain);
    cleanHeaders(request, { host, behindProxy: options.behindProxy, scheme });
    if (!pathOf(request).startsWith('/')) return void answerHandshake(socket, noPath());
    if (host.kind === 'unknown') return void answerHandshake(socket, misdirected());
    if (options.upgrade(request, socket, head)) return;
    const { url, headers } = handshakeRequest(request);
    void nowhere(new Request(url, { headers }), { params: {} }).then((answer) =>
      answerHandshake(socket, answer),
    );
  });
  return { server, close: (graceMs) => closeServer(server, graceMs) };
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

async function answerApi(
  match: ReturnType<typeof makeRouter>,
  request: Request,
): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newRequestId();
  try {
    const path = pathnameOf(request.url);
    const found = match(path);
    const handler = found?.handlers.get(request.method);
    if (!found || !handler) {
      const lost = LIMITED.test(path) ? await nowhere(request, { params: {} }) : null;
      if (lost && (!found || lost.status !== 404)) return lost;
      if (!found) return problemAnswer(notFound('endpoint'), requestId);
      return wrongMethod(request, [...found.handlers.keys()], requestId, lost?.headers);
    }
    const response = await handler(request, { params: found.params });
    if (request.method !== 'HEAD' || NO_BODY.has(response.status)) return response;
    await response.body?.cancel();
    return new Response(null, { status: response.status, headers: response.headers });
  } catch (error) {
    return problemAnswer(error, requestId);
  }
}

/** The path of an absolute URL, without building a URL object for every call. */
function pathnameOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  const end = url.indexOf('?', start);
  return end < 0 ? url.slice(start) : url.slice(start, end);
}

function wrongMethod(
  request: Request,
  allowed: string[],
  requestId: string,
  limits = new Headers(),
): Response {
  const headers: Record<string, string> = {
    Allow: [...allowed, 'OPTIONS'].join(', '),
    'cache-control': 'private, no-store',
    'x-request-id': requestId,
  };
  for (const name of ['RateLimit', 'RateLimit-Policy']) {
    const value = limits.get(name);
    if (value !== null) headers[name] = value;
  }
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers });
  const detail = `This endpoint doesn't answer ${request.method}; it answers ${allowed.join(', ')}.`;
  const error = new DomainError('not_found', 'method_not_allowed', detail);
  return problemAnswer(error, requestId, { status: 405, title: 'Method not allowed' }, headers);
}

function problemAnswer(
  error: unknown,
  requestId: string,
  override: { status?: number; title?: string } = {},
  headers: Record<string, string> = {},
): Response {
  const problem = { ...problemOf(error, requestId), ...override };
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'private, no-store',
      'x-request-id': requestId,
      ...headers,
    },
  });
}

const misdirected = () =>
  problemAnswer(notFound('address'), newRequestId(), { status: 421, title: 'Unknown address' });

/** Requests to a proxy, or to the server as a whole: nothing here is either. */
const noPath = () => problemAnswer(NO_PATH, newRequestId());
const NO_PATH = new DomainError(
  'malformed',
  'malformed_request',
  'The target of a request is a path that begins with a slash.',
);

function refuseTarget(response: ServerResponse): void {
  const problem = problemOf(NO_PATH, newRequestId());
  response.writeHead(problem.status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify(problem));
}

function refuseHost(response: ServerResponse, { rootDomain }: GatewayOptions): void {
  response.writeHead(421, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Unknown address</title>
<body style="font:16px/1.6 system-ui;max-width:36rem;margin:15vh auto;padding:0 1.5rem">
<h1 style="font-size:1.4rem">Nothing is served under this address</h1>
<p>This platform answers at <strong>${rootDomain}</strong> and at its subdomains. Check the address,
or, if you run the platform, the setting <code>ROOT_DOMAIN</code>.</p></body></html>`,
  );
}

function refusePage(response: ServerResponse): void {
  const problem = problemOf(notFound('page'), newRequestId());
  response.writeHead(404, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify(problem));
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Connections that become idle after their last answer would keep the server open.
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
