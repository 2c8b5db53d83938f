import { recordAudit } from '@/lib/domains/audit';
import { withNobody, withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { unauthenticated } from '@/lib/kernel/errors';
import { lifetimes } from './limits';
import { resolveMembership } from './resolve-membership';
import type { RefreshInput, TokensDto } from './schemas';
import { forgetSessions } from './session-cache';
import { memberCtx } from './sign-in';
import { newAccessToken, newRefreshToken, sessionOfRefreshToken, tokenHash } from './tokens';

type Row = {
  outcome: 'rotated' | 'reused';
  user_id: string;
  tenant_id: string | null;
  expires_at: Date;
};

const refused = () =>
  unauthenticated('This refresh token is no longer good. Sign in again to get a new one.');

/**
 * Exchanges a refresh token for new tokens; the old ones stop working. A refresh token used a second time
 * was copied: the whole session ends. Throws 401.
 */
export async function refreshTokens(info: PublicCtx, input: RefreshInput): Promise<TokensDto> {
  const sessionId = sessionOfRefreshToken(input.refresh_token);
  if (!sessionId) throw refused();
  const now = info.clock.now();
  const { row, accessToken, refreshToken } = await rotate(sessionId, input.refresh_token, now);
  if (!row) throw refused();
  forgetSessions((principal) => principal.sessionId === sessionId);
  if (row.outcome === 'reused') await noteReuse(info, sessionId, row);
  const member =
    row.tenant_id && (await resolveMembership(row.user_id, { tenantId: row.tenant_id }));
  if (row.outcome === 'reused' || !member) throw refused();
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: Math.round((row.expires_at.getTime() - now.getTime()) / 1000),
    refresh_token: refreshToken,
  };
}

/** New tokens for the one given, made in the transaction that gives them force. */
function rotate(sessionId: string, given: string, now: Date) {
  return withNobody(async (tx) => {
    const accessToken = newAccessToken();
    const refreshToken = newRefreshToken(sessionId);
    const expires = new Date(now.getTime() + lifetimes.accessToken);
    const idleSince = new Date(now.getTime() - lifetimes.refreshIdle);
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT outcome, user_id, tenant_id, expires_at FROM door.rotate_refresh(
        ${sessionId}::uuid, ${tokenHash(given)}, ${tokenHash(accessToken)},
        ${tokenHash(refreshToken)}, ${now}, ${expires}, ${idleSince})`;
    return { row, accessToken, refreshToken };
  });
}

/** A copied token is something the tenant must be able to see. */
async function noteReuse(info: PublicCtx, sessionId: string, row: Row): Promise<void> {
  log().warn({ sessionId, requestId: info.requestId }, 'refresh token used twice; session ended');
  const { user_id: id, tenant_id: tenantId } = row;
  const member = tenantId && (await resolveMembership(id, { tenantId }));
  if (!member) return;
  const person = { id, emailVerified: false };
  const ctx = memberCtx(info, person, member, { id: sessionId, via: 'token' });
  await withTenant(ctx, (tx) =>
    recordAudit(tx, ctx, {
      action: 'session.ended',
      object: { type: 'session', id: sessionId },
      after: { reason: 'refresh_token_reused' },
    }),
  );
}
