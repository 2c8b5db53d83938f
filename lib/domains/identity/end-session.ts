import { recordAudit } from '@/lib/domains/audit';
import { inOtherTenant, type Tx, withUser } from '@/lib/infra/db';
import type { Role } from '@/lib/kernel/access';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import { lockSessions } from './lock-sessions';
import type { SessionPrincipal } from './principal';
import { forgetSessions } from './session-cache';
import { memberCtx } from './sign-in';

/** Why a session ended, as the audit log tells it. */
type Reason = 'signed_out' | 'revoked' | 'replaced' | 'password_changed' | 'account_proven';

/** Whose sessions end: all of them, or what `only` or `except` names. */
type Ending = {
  userId: string;
  reason: Reason;
  only?: { sessionId: string } | { familyId: string };
  exceptFamily?: string;
};

/**
 * Ends a person's sessions in their transaction, and writes that down in the tenant of each. Returns
 * how many sign-ins (families) ended.
 */
export async function endSessions(tx: Tx, info: PublicCtx, ending: Ending): Promise<number> {
  const { userId, only, exceptFamily } = ending;
  const where = {
    userId,
    revokedAt: null,
    ...(only && 'sessionId' in only ? { id: only.sessionId } : {}),
    ...(only && 'familyId' in only ? { familyId: only.familyId } : {}),
    ...(exceptFamily ? { familyId: { not: exceptFamily } } : {}),
  };
  await lockSessions(tx, userId);
  const ended = await tx.session.updateManyAndReturn({
    where,
    data: { revokedAt: info.clock.now() },
    select: { id: true, familyId: true, tenantId: true, kind: true },
  });
  for (const session of ended) await recordEnd(tx, info, ending, session);
  return new Set(ended.map(({ familyId }) => familyId)).size;
}

type Ended = { id: string; tenantId: string | null; kind: string };

/** A session of no tenant is its person's own business, and so is one of a tenant they have left. */
async function recordEnd(
  tx: Tx,
  info: PublicCtx,
  { userId, reason }: Ending,
  { id, tenantId, kind }: Ended,
): Promise<void> {
  if (!tenantId) return;
  await inOtherTenant(tx, tenantId, async () => {
    const member = await tx.membership.findFirst({ where: { tenantId, userId } });
    if (!member) return;
    const via = kind === 'cookie' ? 'cookie' : 'token';
    const place = { tenantId, role: member.role as Role };
    const person = { id: userId, emailVerified: false };
    await recordAudit(tx, memberCtx(info, person, place, { id, via }), {
      action: 'session.ended',
      object: { type: 'session', id },
      after: { kind: via === 'cookie' ? 'browser' : 'program', reason },
    });
  });
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
  await endFamily(info, principal.userId, principal.familyId, 'signed_out');
}

/** Ends every sign-in of the person, this one too. Returns how many. */
export async function signOutEverywhere(
  info: PublicCtx,
  { userId }: SessionPrincipal,
): Promise<number> {
  const reason = 'signed_out';
  const count = await withUser(userId, (tx) => endSessions(tx, info, { userId, reason }));
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
  if (!id || !(await endFamily(info, principal.userId, id, 'revoked'))) throw notFound('session');
}

/** Ends every sign-in of the person but the one it is called with. Returns how many. */
export async function revokeOtherSessions(
  info: PublicCtx,
  principal: SessionPrincipal,
): Promise<number> {
  const { userId, familyId: exceptFamily } = principal;
  const count = await withUser(userId, (tx) =>
    endSessions(tx, info, { userId, exceptFamily, reason: 'revoked' }),
  );
  forgetPerson(userId, exceptFamily);
  return count;
}

/** Ends a session whose cookie another one takes the place of, and which nobody can use any more. */
export async function endReplaced(info: PublicCtx, replaced: SessionPrincipal): Promise<void> {
  const { userId, sessionId } = replaced;
  await withUser(userId, (tx) =>
    endSessions(tx, info, { userId, only: { sessionId }, reason: 'replaced' }),
  );
  forgetSessions((one) => one.sessionId === sessionId);
}

async function endFamily(
  info: PublicCtx,
  userId: string,
  familyId: string,
  reason: Reason,
): Promise<boolean> {
  const count = await withUser(userId, (tx) =>
    endSessions(tx, info, { userId, only: { familyId }, reason }),
  );
  forgetSessions((one) => one.familyId === familyId);
  return count > 0;
}
