import { cookies } from 'next/headers';
import { sessionCookieAttributes } from '@/lib/domains/identity';
import type { NewOperatorSession } from '@/lib/domains/operator';
import { env } from '@/lib/infra/env';
import { operatorCookie } from './operator-caller';

/** Puts an operator's new session into the admin host's cookie, in a server action. */
export async function keepOperatorSession({ token, expires }: NewOperatorSession): Promise<void> {
  // Strict: no link of another site opens the console as somebody.
  const attributes = { ...sessionCookieAttributes(env()), sameSite: 'strict', expires } as const;
  (await cookies()).set(operatorCookie(), token, attributes);
}
