/** A path of this very site to go on to, or `/`: never another site, however it is written. */
export function safePath(next: string | undefined | null): string {
  if (!next || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || next.includes('\\')) return '/';
  const resolved = new URL(next, 'http://site.invalid');
  return resolved.host === 'site.invalid' ? resolved.pathname + resolved.search : '/';
}

/** A path of the operators' console to go on to, or its start. */
export function consoleAddress(next: string | undefined | null): string {
  const path = safePath(next);
  return /^\/admin(?:[/?]|$)/.test(path) ? path : '/admin';
}
