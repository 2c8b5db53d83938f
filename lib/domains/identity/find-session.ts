import { appSql } from '@/lib/infra/db';
import { lifetimes } from './limits';
import type { SessionPrincipal } from './principal';
import { type CachedSession, cachedSession, rememberSession } from './session-cache';
import { ACCESS_PREFIX, tokenHash } from './tokens';

type Row = {
  id: string;
  family_id: string;
  user_id: string;
  tenant_id: string | null;
  kind: 'cookie' | 'token';
  email: string;
  name: string;
  email_verified_at: Date | null;
  last_seen_at: Date;
  expires_at: Date;
  absolute_expires_at: Date;
};

/** The longest token we issue is well below this; longer ones aren't worth hashing. */
const LONGEST = 200;

/**
 * Whose session a token is, or null. A cookie's token is no access token and the other way round.
 * A revoked session is noticed within a second.
 */
export async function findSession(
  token: string,
  via: 'cookie' | 'token',
  now: Date,
): Promise<SessionPrincipal | null> {
  if (token.length > LONGEST || token.startsWith(ACCESS_PREFIX) !== (via === 'token')) return null;
  const hash = tokenHash(token);
  const session = cachedSession(hash) ?? (await readSession(hash, now));
  if (!session || session.principal.via !== via) return null;
  const alive = session.expiresAt > now.getTime() && session.absoluteExpiresAt > now.getTime();
  return alive ? session.principal : null;
}

async function readSession(hash: string, now: Date): Promise<CachedSession | null> {
  const found = await appSql<Row>(
    'identity.session',
    'SELECT * FROM door.session_by_token($1, $2)',
    [hash, now],
  );
  const [row] = found.rows;
  if (!row) return null;
  const expiresAt = await keepAlive(row, now);
  const session: CachedSession = {
    principal: {
      kind: 'session',
      via: row.kind,
      sessionId: row.id,
      familyId: row.family_id,
      userId: row.user_id,
      email: row.email,
      name: row.name,
      emailVerified: row.email_verified_at !== null,
      tenantId: row.tenant_id,
    },
    expiresAt,
    absoluteExpiresAt: row.absolute_expires_at.getTime(),
  };
  rememberSession(hash, session);
  return session;
}

/** Writes down, now and then, that the session is in use. Returns when it ends. */
async function keepAlive(row: Row, now: Date): Promise<number> {
  const current = row.expires_at.getTime();
  if (now.getTime() - row.last_seen_at.getTime() < lifetimes.touch) return current;
  const idleEnd = new Date(now.getTime() + lifetimes.sessionIdle);
  await appSql('identity.touch_session', 'SELECT door.touch_session($1, $2, $3)', [
    row.id,
    now,
    idleEnd,
  ]);
  return row.kind === 'cookie' ? Math.max(current, idleEnd.getTime()) : current;
}
