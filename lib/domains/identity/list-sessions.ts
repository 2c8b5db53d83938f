import { withUser } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { deviceWords } from './device-words';
import type { SessionPrincipal } from './principal';
import type { SessionDto } from './schemas';

/**
 * The person's sign-ins, the latest used first, with device and address. One that was handed over
 * to other hosts is one entry: it is one browser, and ends as one.
 */
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
      take: 500,
    }),
  );
  const families = new Map<string, Row[]>();
  for (const row of rows) families.set(row.familyId, [...(families.get(row.familyId) ?? []), row]);
  return [...families].map(([familyId, members]) => present(familyId, members, principal));
}

type Row = {
  familyId: string;
  kind: string;
  ip: string | null;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  absoluteExpiresAt: Date;
};

function present(familyId: string, rows: Row[], principal: SessionPrincipal): SessionDto {
  const [latest] = rows as [Row, ...Row[]];
  const browser = latest.kind === 'cookie';
  const iso = (time: number) => new Date(time).toISOString();
  const ends = rows.map((row) => (browser ? row.expiresAt : row.absoluteExpiresAt).getTime());
  return {
    id: publicId('session', familyId),
    kind: browser ? 'browser' : 'program',
    current: familyId === principal.familyId,
    ip: latest.ip,
    device: deviceWords(latest.userAgent),
    user_agent: latest.userAgent,
    created_at: iso(Math.min(...rows.map(({ createdAt }) => createdAt.getTime()))),
    last_seen_at: latest.lastSeenAt.toISOString(),
    expires_at: iso(Math.max(...ends)),
  };
}
