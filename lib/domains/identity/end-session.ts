import { type Tx, withUser } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import type { SessionPrincipal } from './principal';
import { forgetSessions } from './session-cache';

/** Holds what ends a person's sessions, or adds one to a sign-in, until the transaction ends. */
export async function lockSessions(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`sessions:${userId}`}, 0))`;
}

/**
 * Ends a person's sessions in their transaction, all but one sign-in (a family) if that is named.
 * Returns how many sign-ins ended.
 */
export async function endSessions(
  tx: Tx,
  userId: string,
  now: Date,
  exceptFamily: string | null = null,
): Promise<number> {
  const where = {
    userId,
    revokedAt: null,
    ...(exceptFamily ? { familyId: { not: exceptFamily } } : {}),
  };
  await lockSessions(tx, userId);
  const ended = await tx.session.updateManyAndReturn({
    where,
    data: { revokedAt: now },
    select: { familyId: true },
  });
  return new Set(ended.map(({ familyId }) => familyId)).size;
}

/** Call after the transaction that ended them: this process forgets at once, others within a second. */
export function forgetPerson(userId: string, exceptFamily: string | null = null): void {
  forgetSessions((one) => one.userId === userId && one.familyId !== exceptFamily);
}

/**
 * Ends the sign-in that a session belongs to: this one, and those that were handed over from it or
 * that it was handed over from. In the same browser nothing is left behind on any host.
 */
export async function signOut(info: PublicCtx, principal: SessionPrincipal): Promise<void> {
  await endFamily(info, principal.userId, principal.familyId);
}

/** Ends every sign-in of the person, this one too. Returns how many. */
export async function signOutEverywhere(
  info: PublicCtx,
  { userId }: SessionPrincipal,
): Promise<number> {
  const count = await withUser(userId, (tx) => endSessions(tx, userId, info.clock.now()));
  forgetPerson(userId);
  return count;
}

/** Ends one of the person's own sign-ins by public id, as listed. Throws `not_found`. */
export async function revokeSession(
  info: PublicCtx,
  principal: SessionPrincipal,
  sessionId: string,
): Promise<void> {
  const id = parsePublicId('session', sessionId);
  if (!id || !(await endFamily(info, principal.userId, id))) throw notFound('session');
}

/** Ends every sign-in of the person but the one it is called with. Returns how many. */
export async function revokeOtherSessions(
  info: PublicCtx,
  principal: SessionPrincipal,
): Promise<number> {
  const { userId, familyId } = principal;
  const count = await withUser(userId, (tx) => endSessions(tx, userId, info.clock.now(), familyId));
  forgetPerson(userId, familyId);
  return count;
}

/** Ends a session whose cookie another one takes the place of, and which nobody can use any more. */
export async function endReplaced(info: PublicCtx, replaced: SessionPrincipal): Promise<void> {
  const { userId, sessionId: id } = replaced;
  await withUser(userId, (tx) =>
    tx.session.updateMany({ where: { id, userId }, data: { revokedAt: info.clock.now() } }),
  );
  forgetSessions((one) => one.sessionId === id);
}

async function endFamily(info: PublicCtx, userId: string, familyId: string): Promise<boolean> {
  const { count } = await withUser(userId, async (tx) => {
    await lockSessions(tx, userId);
    return tx.session.updateMany({
      where: { familyId, userId, revokedAt: null },
      data: { revokedAt: info.clock.now() },
    });
  });
  forgetSessions((one) => one.familyId === familyId);
  return count > 0;
}
