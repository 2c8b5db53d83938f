/** What a host name stands for. Pure, so that the gateway and the edge middleware share it. */
export type HostKind =
  | { kind: 'root' }
  | { kind: 'admin' }
  | { kind: 'tenant'; slug: string }
  | { kind: 'unknown' };

const LOOPBACK = new Set(['127.0.0.1', '[::1]']);

/**
 * @param host value of the Host header, with or without port
 * @param rootDomain host name without port
 */
export function hostKind(host: string | null, rootDomain: string): HostKind {
  const [, name = '', port = '0'] = /^(.*?)(?::(\d+))?$/.exec((host ?? '').toLowerCase()) ?? [];
  if (Number(port) > 65_535) return { kind: 'unknown' };
  if (name === rootDomain || name === `www.${rootDomain}`) return { kind: 'root' };
  // Programs on the same machine that have no name for it.
  if (rootDomain === 'localhost' && LOOPBACK.has(name)) return { kind: 'root' };
  if (!name.endsWith(`.${rootDomain}`)) return { kind: 'unknown' };
  const label = name.slice(0, -rootDomain.length - 1);
  if (label === 'admin') return { kind: 'admin' };
  return /^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/.test(label)
    ? { kind: 'tenant', slug: label }
    : { kind: 'unknown' };
}

/** Pages that begin or end a session, or lead to a tenant's host by one. */
const SESSION_PATHS = /^\/(?:sign-in|sign-up|workspaces|handover)(?:\/|$)/;

/**
 * Whether a page must be seen at the root host's proper name: a cookie set under another one (`www.`, an
 * address of this machine) wouldn't be found when a tenant's host sends the browser back.
 */
function needsProperName(host: string | null, rootDomain: string, path: string): boolean {
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
  return SESSION_PATHS.test(path) && name !== rootDomain;
}

/** Paths that are the same on every host: sign-in and its relatives, and what the product serves itself. */
const SHARED_PATHS =
  /^\/(?:sign-in|sign-out|handover|verify|reset|forgot-password|invite|confirm)(?:\/|$)/;

/** Whether a path is one of the product's own pages, which are at the root host alone. */
function isRootPath(pathname: string): boolean {
  return /^\/(?:docs|pricing|security|legal|sign-up|workspaces)(?:\/|$)/.test(pathname);
}

/** Whether a browser has to be sent to the root host, under its proper name, to see a page. */
export function belongsAtRoot(
  host: string | null,
  rootDomain: string,
  { method, path }: { method: string; path: string },
): boolean {
  const { kind } = hostKind(host, rootDomain);
  if (kind === 'tenant') return isRootPath(path);
  return kind === 'root' && method === 'GET' && needsProperName(host, rootDomain, path);
}

/**
 * Where a page of the admin host really is, or null when the path is right: everything there is the console,
 * which begins at `/admin`.
 */
export function consolePath(pathname: string): string | null {
  if (/^\/admin(?:\/|$)/.test(pathname)) return null;
  return pathname === '/' ? '/admin' : `/admin${pathname}`;
}

/** Where a request of a tenant's host really leads; null when the path is shared by all hosts. */
export function tenantPath(slug: string, pathname: string): string | null {
  if (SHARED_PATHS.test(pathname)) return null;
  return `/tenant/${slug}${pathname === '/' ? '' : pathname}`;
}
