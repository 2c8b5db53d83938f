import type { Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { RequestInfo } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { lifetimes } from './limits';
import { newAccessToken, newOpaqueToken, newRefreshToken, tokenHash } from './tokens';

/** A browser's new session: what goes into the cookie, and when it ends at the latest. */
export type BrowserSession = { sessionId: string; token: string; expires: Date };

/** A program's new session. Times in UTC. */
export type ProgramSession = {
  sessionId: string;
  accessToken: string;
  refreshToken: string;
  expiresAt: Date;
};

/** `familyId`: the sign-in that the session continues on another host; without it, a new one. */
type Init = { userId: string; tenantId: string | null; sessionId?: string; familyId?: string };

const after = (now: Date, ms: number) => new Date(now.getTime() + ms);
const earlier = (a: Date, b: Date) => (a < b ? a : b);

/**
 * Starts a browser's session, in a transaction of that person. `absoluteEnd` is given when the
 * session continues another one on another host: handing over doesn't lengthen it.
 */
export async function openBrowserSession(
  tx: Tx,
  info: RequestInfo,
  init: Init & { absoluteEnd?: Date },
): Promise<BrowserSession> {
  const now = info.clock.now();
  const token = newOpaqueToken();
  const absolute = init.absoluteEnd ?? after(now, lifetimes.sessionAbsolute);
  const sessionId = init.sessionId ?? newId(now.getTime());
  await tx.session.create({
    data: {
      ...common(info, init, sessionId, now),
      kind: 'cookie',
      tokenHash: tokenHash(token),
      expiresAt: earlier(after(now, lifetimes.sessionIdle), absolute),
      absoluteExpiresAt: absolute,
    },
  });
  await announce(tx, info, init.tenantId, 'browser');
  return { sessionId, token, expires: absolute };
}

/** Starts a program's session in one tenant: an access token for an hour and a refresh token. */
export async function openProgramSession(
  tx: Tx,
  info: RequestInfo,
  init: Init & { tenantId: string },
): Promise<ProgramSession> {
  const now = info.clock.now();
  const sessionId = init.sessionId ?? newId(now.getTime());
  const accessToken = newAccessToken();
  const refreshToken = newRefreshToken(sessionId);
  const expiresAt = after(now, lifetimes.accessToken);
  await tx.session.create({
    data: {
      ...common(info, init, sessionId, now),
      kind: 'token',
      tokenHash: tokenHash(accessToken),
      refreshHash: tokenHash(refreshToken),
      expiresAt,
      absoluteExpiresAt: after(now, lifetimes.sessionAbsolute),
    },
  });
  await announce(tx, info, init.tenantId, 'program');
  return { sessionId, accessToken, refreshToken, expiresAt };
}

/** A session of no tenant is its person's own business. */
async function announce(tx: Tx, info: RequestInfo, tenantId: string | null, kind: string) {
  if (tenantId) await emit(tx, { ...info, tenantId }, 'session.started', { kind });
}

function common(info: RequestInfo, init: Init, id: string, now: Date) {
  return {
    id,
    familyId: init.familyId ?? id,
    userId: init.userId,
    tenantId: init.tenantId,
    ip: info.ip,
    userAgent: info.userAgent,
    createdAt: now,
    lastSeenAt: now,
  };
}
