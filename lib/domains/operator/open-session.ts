import { randomToken, sha256 } from '@/lib/infra/crypto';
import type { Tx } from '@/lib/infra/db';
import type { RequestInfo } from '@/lib/kernel/ctx';
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
  return { token, expires };
}

/** Ends sessions of one operator: the one named, or all but it. */
export async function endOperatorSessions(
  tx: Tx,
  info: RequestInfo,
  which: { operatorId: string; id: string | { not: string } },
): Promise<void> {
  await tx.operatorSession.updateMany({
    where: { ...which, revokedAt: null },
    data: { revokedAt: info.clock.now() },
  });
}
