import { type Env, env } from '@/lib/infra/env';

type Origin = Pick<Env, 'publicOrigin'>;

const overTls = (env: Origin) => env.publicOrigin.startsWith('https:');

/** A cookie's name on this host. `__Host-` makes browsers refuse one that another host planted. */
export function hostCookie(env: Origin, name: string): string {
  return overTls(env) ? `__Host-${name}` : name;
}

/** A `Set-Cookie` value: host-only, out of reach of scripts, not sent by foreign sites' forms. */
export function setHostCookie(env: Origin, name: string, value: string, end: string): string {
  const secure = overTls(env) ? '; Secure' : '';
  return `${hostCookie(env, name)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}; ${end}`;
}

/** Name of the session cookie. */
export function sessionCookie(env: Origin): string {
  return hostCookie(env, 'nz_session');
}

/** What every session cookie has, where a framework sets it. */
export function sessionCookieAttributes(env: Origin) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: overTls(env) } as const;
}

/** A `Set-Cookie` value that starts a session; the cookie ends with the session's absolute end. */
export function startSessionCookie(env: Origin, token: string, expires: Date): string {
  return setHostCookie(env, 'nz_session', token, `Expires=${expires.toUTCString()}`);
}

/** A `Set-Cookie` value that takes the session cookie away, with this process's own settings. */
export const endSessionCookieHeader = () => setHostCookie(env(), 'nz_session', '', 'Max-Age=0');
