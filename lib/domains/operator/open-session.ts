import { randomToken, sha256 } from '@/lib/infra/crypto';
import type { Tx } from '@/lib/infra/db';
import type { RequestInfo } from '@/lib/kernel/ctx';
import { unauthenticated } from '@/lib/kernel/errors';
import { operatorLifetimes } from './limits';

/** What goes into the cookie, and when it ends at the latest. */
export type NewOperatorSession = { token: string; expires: Date };

export type SessionInit = {
  id: string;
  operatorId: string;
  /** Proved just now, or not. */
  mfaAt: Date | null;
  /** Whether it waits for the second factor, and lives as long as that may take. */
  waiting: boolean;
};

/**
 * Holds an operator's row until the transaction ends: a session that opens is there when a change of the password or of the status ends
 * all sessions, or finds that done.
 */
export async function lockOperator(tx: Tx, operatorId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM platform_operator WHERE id = ${operatorId}::uuid FOR UPDATE`;
}

/** A new session at the admin host, in the caller's transaction; all its facts are new, the token too. */
export async function openOperatorSession(
  tx: Tx,
  info: RequestInfo,
  { id, operatorId, mfaAt, waiting }: SessionInit,
): Promise<NewOperatorSession> {
  const now = info.clock.now();
  const token = randomToken(32);
  const { secondFactor, sessionIdle, sessionAbsolute } = operatorLifetimes;
  const after = (ms: number) => new Date(now.getTime() + ms);
  const expires = after(waiting ? secondFactor : sessionAbsolute);
  await tx.operatorSession.create({
    data: {
      id,
      operatorId,
      tokenHash: sha256(token),
      mfaAt,
      ip: info.ip,
      userAgent: info.userAgent,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: waiting ? expires : after(sessionIdle),
      absoluteExpiresAt: expires,
    },
  });
  if (!waiting) {
    await tx.platformOperator.update({ where: { id: operatorId }, data: { lastSignedInAt: now } });
  }
  return { token, expires };
}

/** For who goes on with a session that was ended meanwhile. */
export const sessionEnded = () => unauthenticated('Your session has ended. Sign in again.');

/** Ends sessions of one operator: the one named, or all but it. Returns how many. */
export async function endOperatorSessions(
  tx: Tx,
  info: RequestInfo,
  which: { operatorId: string; id: string | { not: string } },
): Promise<number> {
  const { count } = await tx.operatorSession.updateMany({
    where: { ...which, revokedAt: null },
    data: { revokedAt: info.clock.now() },
  });
  return count;
}

/** Ends every session of an operator, at once: nothing is remembered of one. */
export async function endAllOperatorSessions(
  tx: Tx,
  info: RequestInfo,
  operatorId: string,
): Promise<void> {
  await tx.operatorSession.updateMany({
    where: { operatorId, revokedAt: null },
    data: { revokedAt: info.clock.now() },
  });
}
