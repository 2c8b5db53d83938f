import { type Env, env } from '@/lib/infra/env';

type Origin = Pick<Env, 'publicOrigin'>;

const overTls = (env: Origin) => env.publicOrigin.startsWith('https:');

/** Name of the session cookie. `__Host-` makes browsers refuse one that another host planted. */
export function sessionCookie(env: Origin): string {
  return overTls(env) ? '__Host-nz_session' : 'nz_session';
}

/** What every session cookie has: host-only, out of reach of scripts, not sent by foreign sites' forms. */
export function sessionCookieAttributes(env: Origin) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: overTls(env) } as const;
}

/** A `Set-Cookie` value that starts a session; the cookie ends with the session's absolute end. */
export function startSessionCookie(env: Origin, token: string, expires: Date): string {
  const secure = overTls(env) ? '; Secure' : '';
  return `${sessionCookie(env)}=${token}; Path=/; HttpOnly; SameSite=Lax${secure}; Expires=${expires.toUTCString()}`;
}

/** A `Set-Cookie` value that takes the session cookie away. */
function endSessionCookie(env: Origin): string {
  const secure = overTls(env) ? '; Secure' : '';
  return `${sessionCookie(env)}=; Path=/; HttpOnly; SameSite=Lax${secure}; Max-Age=0`;
}

/** The same with this process's own settings, for routes. */
export const endSessionCookieHeader = () => endSessionCookie(env());
