/** How paths of the shell relate to the address bar: subdomain ("/strategies") or path form ("/tenant/acme/strategies"). */

/** `base` + area path → href: ("", "/x") → "/x"; ("/tenant/acme", "/") → "/tenant/acme". */
export function shellHref(base: string, path: string): string {
  if (/^[a-z][a-z+.-]*:|^\/\//i.test(path)) return path;
  const root = base.replace(/\/$/, '');
  return path === '/' ? root || '/' : `${root}${path}`;
}

/**
 * The address as seen from where the shell's areas begin. During server rendering a rewritten request still carries
 * "/tenant/{slug}" where the browser does not, so both forms give the same answer.
 */
export function pathInShell(pathname: string, base: string, slug: string): string {
  const prefix = [base, `/tenant/${slug}`].find(
    (one) => one !== '' && (pathname === one || pathname.startsWith(`${one}/`)),
  );
  const rest = prefix === undefined ? pathname : pathname.slice(prefix.length);
  return rest === '' ? '/' : rest;
}

/** Whether an area is the one shown: exact for the overview, by prefix of whole segments for the rest. */
export function isCurrent(areaHref: string, path: string): boolean {
  if (areaHref === '/') return path === '/';
  return path === areaHref || path.startsWith(`${areaHref}/`);
}
