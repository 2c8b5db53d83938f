import { recordAudit } from '@/lib/domains/audit';
import { withTenant } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { unauthenticated } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { hostName } from './create-handover';
import { peekCode, redeemCode } from './one-time-codes';
import { type BrowserSession, openBrowserSession } from './open-session';
import type { MembershipInfo } from './principal';
import { resolveMembership } from './resolve-membership';
import { memberCtx } from './sign-in';

const stale = () =>
  unauthenticated('This link has been used or is older than a minute. Sign in once more.');

/**
 * Turns a hand-over code into a session of the host it was made for. Throws 401 when it was used,
 * is too old, or comes to another host.
 */
export async function redeemHandover(
  info: PublicCtx,
  code: string,
  host: string,
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
    const redeemed = await redeemCode(tx, 'handover', code, now, hostName(host));
    if (!redeemed) throw stale();
    const absoluteEnd = new Date(redeemed.data.absoluteEnd ?? now);
    const session = await openBrowserSession(tx, info, {
      userId,
      tenantId,
      sessionId,
      absoluteEnd,
    });
    await recordAudit(tx, ctx, {
      action: 'session.started',
      object: { type: 'session', id: sessionId },
      after: { kind: 'browser', handed_over: true },
    });
    return { session, membership };
  });
}
