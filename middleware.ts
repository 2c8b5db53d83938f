import { type NextRequest, NextResponse } from 'next/server';
import { hostKind, isRootPath, tenantPath } from '@/lib/transport/host';

/**
 * Leads a tenant's host to the tenant's pages. It decides nothing about rights: every page, action
 * and route checks for itself who is asking.
 */
export function middleware(request: NextRequest): NextResponse {
  const host = hostKind(request.headers.get('host'), process.env.ROOT_DOMAIN || 'localhost');
  const headers = new Headers(request.headers);
  for (const name of ['x-nz-tenant-slug', 'x-nz-base', 'x-nz-path']) headers.delete(name);
  headers.set('x-nz-path', request.nextUrl.pathname + request.nextUrl.search);
  if (host.kind === 'unknown') {
    return new NextResponse('There is nothing at this address.\n', { status: 404 });
  }
  if (host.kind !== 'tenant') return NextResponse.next({ request: { headers } });
  if (isRootPath(request.nextUrl.pathname))
    return NextResponse.redirect(atRoot(request, host.slug));
  headers.set('x-nz-tenant-slug', host.slug);
  headers.set('x-nz-base', 'host');
  const path = tenantPath(host.slug, request.nextUrl.pathname);
  if (path === null) return NextResponse.next({ request: { headers } });
  const target = request.nextUrl.clone();
  target.pathname = path;
  return NextResponse.rewrite(target, { request: { headers } });
}

/** The same address on the root host, with the port that the browser used. */
function atRoot(request: NextRequest, slug: string): URL {
  const { pathname, search } = request.nextUrl;
  const authority = (request.headers.get('host') ?? '').slice(slug.length + 1);
  const protocol =
    request.headers.get('x-forwarded-proto') ?? request.nextUrl.protocol.slice(0, -1);
  return new URL(pathname + search, `${protocol}://${authority}`);
}

/** Not /api: a matched body is cut at 10 MB. Not files: they are the same on every host. */
export const config = { matcher: ['/((?!api/|_next/|.*\\.[a-z0-9]+$).*)'] };
