import { cookies } from 'next/headers';
import { sessionCookie, sessionCookieAttributes, startSessionCookie } from '@/lib/domains/identity';
import { env } from '@/lib/infra/env';

type NewSession = { token: string; expires: Date };

/** Puts a new session into this host's cookie, in a server action. */
export async function startSession({ token, expires }: NewSession): Promise<void> {
  const attributes = { ...sessionCookieAttributes(env()), expires };
  (await cookies()).set(sessionCookie(env()), token, attributes);
}

/** Takes the session's cookie away, in a server action. */
export async function forgetSession(): Promise<void> {
  (await cookies()).delete(sessionCookie(env()));
}

/** The `Set-Cookie` of a new session, for handlers that answer by themselves. */
export function sessionSetCookie({ token, expires }: NewSession): string {
  return startSessionCookie(env(), token, expires);
}
