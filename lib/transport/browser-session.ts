import { cookies } from 'next/headers';
import {
  endReplaced,
  findSession,
  type SessionPrincipal,
  sessionCookie,
  sessionCookieAttributes,
  startSessionCookie,
} from '@/lib/domains/identity';
import { env } from '@/lib/infra/env';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { readCookie } from './request-info';

type NewSession = { token: string; expires: Date };

/** Puts a new session into this host's cookie, in a server action; the one before it ends. */
export async function startSession(ctx: PublicCtx, { token, expires }: NewSession): Promise<void> {
  const before = (await cookies()).get(sessionCookie(env()))?.value;
  const replaced = before ? await findSession(before, 'cookie', ctx.clock.now()) : null;
  if (replaced) await endReplaced(ctx, replaced);
  const attributes = { ...sessionCookieAttributes(env()), expires };
  (await cookies()).set(sessionCookie(env()), token, attributes);
}

/** The `Set-Cookie` of a new session, for handlers that answer by themselves. */
export function sessionSetCookie({ token, expires }: NewSession): string {
  return startSessionCookie(env(), token, expires);
}

/** The person signed in at this host in the browser that sent these headers, or null. */
export async function browserPerson(headers: Headers, now: Date): Promise<SessionPrincipal | null> {
  const token = readCookie(headers.get('cookie'), sessionCookie(env()));
  return token ? findSession(token, 'cookie', now) : null;
}
