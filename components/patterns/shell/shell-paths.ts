/** How paths of the shell relate to the address bar: subdomain ("/strategies") or path form ("/tenant/acme/strategies"). */

/** `base` + area path → href: ("", "/x") → "/x"; ("/tenant/acme", "/") → "/tenant/acme". */
export function shellHref(base: string, path: string): string {
  if (/^[a-z][a-z+.-]*:|^\/\//i.test(path)) return path;
  const root = base.replace(/\/$/, '');
  return path === '/' ? root || '/' : `${root}${path}`;
}

/**
 * The address as seen from the tenant's root. During server rendering a rewritten request still carries
 * "/tenant/{slug}" where the browser does not, so both forms give the same answer.
 */
export function pathInTenant(pathname: string, slug: string): string {
  const prefix = `/tenant/${slug}`;
  const rest =
    pathname === prefix || pathname.startsWith(`${prefix}/`)
      ? pathname.slice(prefix.length)
      : pathname;
  return rest === '' ? '/' : rest;
}

/** Whether an area is the one shown: exact for the overview, by prefix of whole segments for the rest. */
export function isCurrent(areaHref: string, path: string): boolean {
  if (areaHref === '/') return path === '/';
  return path === areaHref || path.startsWith(`${areaHref}/`);
}
