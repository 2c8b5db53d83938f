import { cookies } from 'next/headers';
import { sessionCookie, sessionCookieAttributes } from '@/lib/domains/identity';
import { env } from '@/lib/infra/env';

/** Puts a new session into this host's cookie. */
export async function startSession(session: { token: string; expires: Date }): Promise<void> {
  const { token, expires } = session;
  (await cookies()).set(sessionCookie(env()), token, {
    ...sessionCookieAttributes(env()),
    expires,
  });
}
