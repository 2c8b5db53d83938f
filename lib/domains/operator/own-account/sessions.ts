import { deviceWords } from '@/lib/domains/identity';
import type { OperatorCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { endOperatorSessions } from '../open-session';
import { withOperator } from '../platform-audit';
import type { OwnSession } from './schemas';

/** Where the operator is signed in, this browser first, then the latest used. */
export async function listOwnSessions(ctx: OperatorCtx): Promise<OwnSession[]> {
  const { operatorId, sessionId } = ctx.actor;
  const now = ctx.clock.now();
  return withOperator(ctx, async (tx) => {
    const rows = await tx.operatorSession.findMany({
      where: {
        operatorId,
        revokedAt: null,
        expiresAt: { gt: now },
        absoluteExpiresAt: { gt: now },
      },
      orderBy: { lastSeenAt: 'desc' },
      take: 100,
    });
    const sessions = rows.map((row) => ({
      id: publicId('session', row.id),
      current: row.id === sessionId,
      ip: row.ip,
      device: deviceWords(row.userAgent),
      last_seen_at: row.lastSeenAt.toISOString(),
      created_at: row.createdAt.toISOString(),
    }));
    return {
      result: [
        ...sessions.filter(({ current }) => current),
        ...sessions.filter(({ current }) => !current),
      ],
      entry: { action: 'operator_sessions.viewed', object: { type: 'operator', id: operatorId } },
    };
  });
}

async function end(ctx: OperatorCtx, id: string | { not: string }): Promise<number> {
  const { operatorId } = ctx.actor;
  return withOperator(ctx, async (tx) => {
    const ended = await endOperatorSessions(tx, ctx, { operatorId, id });
    // Only one's own are looked for: another operator's isn't there.
    if (ended === 0 && typeof id === 'string') throw notFound('session');
    return {
      result: ended,
      entry: {
        action: 'operator.sessions_ended',
        object: { type: 'operator', id: operatorId },
        after: { sessions_ended: ended },
      },
    };
  });
}

/** Ends one of the operator's own sessions. Throws `not_found`. */
export async function endOwnSession(ctx: OperatorCtx, id: string): Promise<void> {
  const sessionId = parsePublicId('session', id);
  if (!sessionId) throw notFound('session');
  await end(ctx, sessionId);
}

/** Ends every session of the operator but the one that asks. Returns how many. */
export const endOtherSessions = (ctx: OperatorCtx): Promise<number> =>
  end(ctx, { not: ctx.actor.sessionId });
