import { type NextRequest, NextResponse } from 'next/server';
import { belongsAtRoot, consolePath, hostKind, tenantPath } from '@/lib/transport/host';

/**
 * Leads a tenant's host to the tenant's pages. It decides nothing about rights: every page, action
 * and route checks for itself who is asking.
 */
export function middleware(request: NextRequest): NextResponse {
  const rootDomain = process.env.ROOT_DOMAIN || 'localhost';
  const given = request.headers.get('host');
  const host = hostKind(given, rootDomain);
  const headers = new Headers(request.headers);
  for (const name of ['x-nz-tenant-slug', 'x-nz-base', 'x-nz-path']) headers.delete(name);
  headers.set('x-nz-path', request.nextUrl.pathname + request.nextUrl.search);
  if (host.kind === 'unknown') {
    return new NextResponse('There is nothing at this address.\n', { status: 404 });
  }
  const { pathname } = request.nextUrl;
  if (belongsAtRoot(given, rootDomain, { method: request.method, path: pathname })) {
    return NextResponse.redirect(atRoot(request, rootDomain));
  }
  const elsewhere = host.kind === 'admin' ? consolePath(pathname) : null;
  if (elsewhere !== null) {
    return NextResponse.redirect(sameHost(request, elsewhere));
  }
  if (host.kind !== 'tenant') return NextResponse.next({ request: { headers } });
  headers.set('x-nz-tenant-slug', host.slug);
  headers.set('x-nz-base', 'host');
  const path = tenantPath(host.slug, pathname);
  if (path === null) return NextResponse.next({ request: { headers } });
  const target = request.nextUrl.clone();
  target.pathname = path;
  return NextResponse.rewrite(target, { request: { headers } });
}

/** The same address on the root host, with the port that the browser used. */
function atRoot(request: NextRequest, rootDomain: string): URL {
  const port = /:\d+$/.exec(request.headers.get('host') ?? '')?.[0] ?? '';
  return addressAt(request, rootDomain + port, request.nextUrl.pathname);
}

function sameHost(request: NextRequest, pathname: string): URL {
  return addressAt(request, request.headers.get('host') ?? '', pathname);
}

function addressAt(request: NextRequest, host: string, pathname: string): URL {
  const protocol =
    request.headers.get('x-forwarded-proto') ?? request.nextUrl.protocol.slice(0, -1);
  return new URL(pathname + request.nextUrl.search, `${protocol}://${host}`);
}

/** Not /api: a matched body is cut at 10 MB. Not files: they are the same on every host. */
export const config = { matcher: ['/((?!api/|_next/|.*\\.[a-z0-9]+$).*)'] };
