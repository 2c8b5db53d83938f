import { withUser } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import type { SessionPrincipal } from './principal';
import type { SessionDto } from './schemas';

/** The person's live sessions, the latest used first, with device and address. */
export async function listSessions(
  info: PublicCtx,
  principal: SessionPrincipal,
): Promise<SessionDto[]> {
  const now = info.clock.now();
  const rows = await withUser(principal.userId, (tx) =>
    tx.session.findMany({
      where: {
        userId: principal.userId,
        revokedAt: null,
        absoluteExpiresAt: { gt: now },
        // A program's session outlives its access token: the refresh token carries it on.
        OR: [{ kind: 'token' }, { expiresAt: { gt: now } }],
      },
      orderBy: { lastSeenAt: 'desc' },
      take: 200,
    }),
  );
  return rows.map((row) => ({
    id: publicId('session', row.id),
    kind: row.kind === 'cookie' ? 'browser' : 'program',
    current: row.id === principal.sessionId,
    ip: row.ip,
    user_agent: row.userAgent,
    created_at: row.createdAt.toISOString(),
    last_seen_at: row.lastSeenAt.toISOString(),
    expires_at: (row.kind === 'cookie' ? row.expiresAt : row.absoluteExpiresAt).toISOString(),
  }));
}
