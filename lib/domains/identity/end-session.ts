import { type Tx, withUser } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import type { SessionPrincipal } from './principal';
import { forgetSessions } from './session-cache';

/** Ends a person's sessions in their transaction, all but one if that is named. Returns how many. */
export async function endSessions(
  tx: Tx,
  userId: string,
  now: Date,
  exceptId: string | null = null,
): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { userId, revokedAt: null, ...(exceptId ? { id: { not: exceptId } } : {}) },
    data: { revokedAt: now },
  });
  return count;
}

/** Call after the transaction that ended them: this process forgets at once, others within a second. */
export function forgetPerson(userId: string, exceptId: string | null = null): void {
  forgetSessions((one) => one.userId === userId && one.sessionId !== exceptId);
}

/** Ends the session it is called with. */
export async function signOut(info: PublicCtx, principal: SessionPrincipal): Promise<void> {
  await endOne(info, principal.userId, principal.sessionId);
}

/** Ends one of the person's own sessions by public id. Throws `not_found`. */
export async function revokeSession(
  info: PublicCtx,
  principal: SessionPrincipal,
  sessionId: string,
): Promise<void> {
  const id = parsePublicId('session', sessionId);
  if (!id || !(await endOne(info, principal.userId, id))) throw notFound('session');
}

/** Ends every session of the person but the one it is called with. Returns how many. */
export async function revokeOtherSessions(
  info: PublicCtx,
  principal: SessionPrincipal,
): Promise<number> {
  const { userId, sessionId } = principal;
  const count = await withUser(userId, (tx) =>
    endSessions(tx, userId, info.clock.now(), sessionId),
  );
  forgetPerson(userId, sessionId);
  return count;
}

async function endOne(info: PublicCtx, userId: string, id: string): Promise<boolean> {
  const { count } = await withUser(userId, (tx) =>
    tx.session.updateMany({
      where: { id, userId, revokedAt: null },
      data: { revokedAt: info.clock.now() },
    }),
  );
  forgetSessions((one) => one.sessionId === id);
  return count === 1;
}
