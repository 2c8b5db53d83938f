import { recordAudit } from '@/lib/domains/audit';
import { type Tx, withTenant } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { unauthenticated } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { hostName } from './create-handover';
import { nonceHash } from './handover-nonce';
import { lockSessions } from './lock-sessions';
import { type Code, peekCode, redeemCode } from './one-time-codes';
import { type BrowserSession, openBrowserSession } from './open-session';
import type { MembershipInfo } from './principal';
import { resolveMembership } from './resolve-membership';
import { memberCtx } from './sign-in';

const stale = () =>
  unauthenticated(
    'This link was used, is older than a minute, or was made for another browser. Sign in again.',
  );

/** The root host's session, which may have ended since the code was made. Throws 401. */
async function liveParent(tx: Tx, { userId, data }: Code) {
  if (!userId || !data.sessionId) throw stale();
  await lockSessions(tx, userId);
  const parent = await tx.session.findFirst({
    where: { id: data.sessionId, userId, revokedAt: null },
    select: { familyId: true, absoluteExpiresAt: true },
  });
  if (!parent) throw stale();
  return parent;
}

/**
 * Turns a hand-over code into a session of the host it was made for. `nonce` is what the browser's
 * cookie says. Throws 401 when the code was used, is too old, or comes to another host or browser: a
 * link that somebody sends signs nobody in as its sender.
 */
export async function redeemHandover(
  info: PublicCtx,
  code: string,
  { host, nonce }: { host: string; nonce: string | null },
): Promise<{ session: BrowserSession; membership: MembershipInfo }> {
  const now = info.clock.now();
  const seen = await peekCode('handover', code, now);
  if (!seen?.userId || !seen.tenantId) throw stale();
  const { userId, tenantId } = seen;
  const membership = await resolveMembership(userId, { tenantId });
  if (!membership) throw stale();
  const sessionId = newId(now.getTime());
  const person = { id: userId, emailVerified: false };
  const ctx = memberCtx(info, person, membership, { id: sessionId, via: 'cookie' });
  return withTenant(ctx, async (tx) => {
    const redeemed = await redeemCode(tx, 'handover', code, now, {
      host: hostName(host),
      browserHash: nonceHash(nonce),
    });
    if (!redeemed) throw stale();
    const { familyId, absoluteExpiresAt } = await liveParent(tx, redeemed);
    const session = await openBrowserSession(tx, info, {
      userId,
      tenantId,
      sessionId,
      familyId,
      absoluteEnd: absoluteExpiresAt,
    });
    await recordAudit(tx, ctx, {
      action: 'session.started',
      object: { type: 'session', id: sessionId },
      after: { kind: 'browser', handed_over: true },
    });
    return { session, membership };
  });
}
