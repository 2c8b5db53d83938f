import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostKind } from '@/lib/transport/host';

/** Set by the gateway alone; whatever a caller sends under these names is dropped. */
const INTERNAL = /^(?:x-forwarded-|x-nz-|forwarded$|x-real-ip$|x-request-id$|x-middleware-)/;

const PRIVATE =
  /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:|fe80:)/i;

export type Arrival = {
  host: HostKind;
  /** Whether this process is reached through a proxy alone (production). */
  behindProxy: boolean;
  scheme: 'http' | 'https';
};

/** Takes out what only the gateway may say, and says it: address, host, tenant of the host, request id. */
export function cleanHeaders(request: IncomingMessage, arrival: Arrival): void {
  const added: Record<string, string> = {
    'x-forwarded-for': callerAddress(request, arrival.behindProxy),
    'x-forwarded-host': request.headers.host ?? '',
    'x-forwarded-proto': arrival.scheme,
    'x-request-id': `req_${randomUUID().replaceAll('-', '')}`,
    'x-nz-path': encodeURI(decodeSafely(request.url ?? '/')),
  };
  if (arrival.host.kind === 'tenant') {
    added['x-nz-tenant-slug'] = arrival.host.slug;
    added['x-nz-base'] = 'host';
  }
  const raw: string[] = [];
  const given = request.rawHeaders;
  for (let i = 0; i < given.length; i += 2) {
    const name = given[i] ?? '';
    if (!mayBeInternal(name) || !INTERNAL.test(name.toLowerCase()))
      raw.push(name, given[i + 1] ?? '');
  }
  for (const name of Object.keys(request.headers)) {
    if (mayBeInternal(name) && INTERNAL.test(name)) delete request.headers[name];
  }
  for (const [name, value] of Object.entries(added)) {
    raw.push(name, value);
    request.headers[name] = value;
  }
  given.splice(0, given.length, ...raw);
}

/** First letter only: nearly every header is ruled out without a pattern. */
function mayBeInternal(name: string): boolean {
  const first = name.charCodeAt(0) | 0x20;
  return first === 0x78 || first === 0x66;
}

function decodeSafely(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return '/';
  }
}

/**
 * In production the proxy is the only one who reaches this port, and the last hop it noted is the
 * caller. Everywhere else the socket tells, and the header is anybody's invention.
 */
function callerAddress(request: IncomingMessage, behindProxy: boolean): string {
  const peer = (request.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '');
  if (!behindProxy || !PRIVATE.test(peer)) return peer;
  const noted = request.headers['x-forwarded-for'];
  const last = (Array.isArray(noted) ? noted.join(',') : noted)?.split(',').at(-1)?.trim();
  return last || peer;
}

/** On every answer; pages add their own content security policy. */
export function secure(response: ServerResponse, scheme: 'http' | 'https'): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
  if (scheme === 'https') {
    response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  }
}
