import { dashboardUrl } from '@/lib/domains/tenancy';
import { withUser } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { isNonceHash } from './handover-nonce';
import { lifetimes } from './limits';
import { issueCode } from './one-time-codes';
import type { SessionPrincipal } from './principal';
import { resolveMembership } from './resolve-membership';

/** Host name in lower case without port. */
export function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
}

/** A path of a tenant's own host, with what it is asked. */
function onTenantHost(slug: string, path: string, query: Record<string, string>): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const search = new URLSearchParams(given).toString();
  return `${dashboardUrl(slug)}${path}${search ? `?${search}` : ''}`;
}

/**
 * Where a browser that is signed in at the root host goes to be signed in at a tenant's: there it
 * gets its nonce and asks for the code. `next` is a path of that host.
 */
export function handoverUrl(slug: string, next = '/'): string {
  return onTenantHost(slug, '/handover/start', { next: next === '/' ? '' : next });
}

/**
 * Carries a session from the root host to a tenant's: a code that works once, within a minute, on
 * that host and in the browser whose nonce has this hash. Answers where to send the browser. Throws
 * `not_found` for a tenant that isn't the person's and for a session that isn't the root host's.
 */
export async function createHandover(
  info: PublicCtx,
  principal: SessionPrincipal,
  wish: { slug: string; browserHash: string; next?: string },
): Promise<{ code: string; url: string }> {
  const { browserHash, next = '/' } = wish;
  const member = await resolveMembership(principal.userId, { slugOrId: wish.slug });
  if (!member || principal.tenantId !== null || !isNonceHash(browserHash)) {
    throw notFound('organisation');
  }
  const { slug, tenantId } = member;
  const now = info.clock.now();
  const { token } = await withUser(principal.userId, async (tx) => {
    const parent = await tx.session.findFirst({
      where: { id: principal.sessionId, revokedAt: null },
      select: { id: true },
    });
    if (!parent) throw notFound('session');
    return issueCode(tx, {
      purpose: 'handover',
      userId: principal.userId,
      tenantId,
      host: new URL(dashboardUrl(slug)).hostname,
      browserHash,
      data: { sessionId: parent.id },
      now,
      lifetime: lifetimes.handover,
    });
  });
  const query = { code: token, next: next === '/' ? '' : next };
  return { code: token, url: onTenantHost(slug, '/handover', query) };
}
