import type { IncomingMessage } from 'node:http';
import { belongsAtRoot } from '@/lib/transport/host';

/**
 * The same address on the root host, with the port that the browser used, when the page is there alone; else null.
 * The middleware says the same under stock Next. Behind this gateway Next would take the root host for its own
 * name and shorten the address to a bare path, which leads the browser round in a circle.
 */
export function rootAddress(
  request: IncomingMessage,
  path: string,
  { rootDomain, scheme }: { rootDomain: string; scheme: 'http' | 'https' },
): string | null {
  const host = request.headers.host ?? null;
  if (!belongsAtRoot(host, rootDomain, { method: request.method ?? 'GET', path })) return null;
  const port = /:\d+$/.exec(host ?? '')?.[0] ?? '';
  return `${scheme}://${rootDomain}${port}${request.url}`;
}
