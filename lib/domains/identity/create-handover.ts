import { env } from '@/lib/infra/env';
import { dashboardUrl, findPublicTenant } from '@/lib/domains/tenancy';
import { withUser } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { lifetimes } from './limits';
import { issueCode } from './one-time-codes';
import type { SessionPrincipal } from './principal';
import { resolveMembership } from './resolve-membership';

/** Host name in lower case without port. */
export function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
}

/** The slug whose subdomain a host is; null for any other host. */
function slugOfHost(host: string): string | null {
  const suffix = `.${env().rootDomain}`;
  const name = hostName(host);
  if (!name.endsWith(suffix)) return null;
  const label = name.slice(0, -suffix.length);
  return label === '' || label.includes('.') ? null : label;
}

/**
 * Carries a session from the root host to a tenant's: a code that works once, within a minute, on that host
 * alone. `url` is where to send the browser. Throws `not_found` for a host that is no tenant of
 * the person's.
 */
export async function createHandover(
  info: PublicCtx,
  principal: SessionPrincipal,
  host: string,
): Promise<{ code: string; url: string }> {
  const slug = slugOfHost(host);
  const tenant = slug ? await findPublicTenant(slug) : null;
  const member =
    tenant && (await resolveMembership(principal.userId, { tenantId: tenant.tenantId }));
  if (!tenant || !member) throw notFound('organisation');
  const now = info.clock.now();
  const { token } = await withUser(principal.userId, async (tx) => {
    const parent = await tx.session.findFirst({
      where: { id: principal.sessionId, revokedAt: null },
      select: { absoluteExpiresAt: true },
    });
    if (!parent) throw notFound('session');
    return issueCode(tx, {
      purpose: 'handover',
      userId: principal.userId,
      tenantId: tenant.tenantId,
      host: hostName(host),
      data: { absoluteEnd: parent.absoluteExpiresAt.toISOString() },
      now,
      lifetime: lifetimes.handover,
    });
  });
  return { code: token, url: `${dashboardUrl(tenant.slug)}/handover?code=${token}` };
}
