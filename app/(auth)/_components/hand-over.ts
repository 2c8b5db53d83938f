import { createHandover, findSession } from '@/lib/domains/identity';
import { dashboardUrl } from '@/lib/domains/tenancy';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { unauthenticated } from '@/lib/kernel/errors';

/** The address that carries a session of the root host to a tenant's own, and on to `next` there. */
export async function handOver(
  ctx: PublicCtx,
  session: { token: string },
  slug: string,
  next: string,
): Promise<string> {
  const principal = await findSession(session.token, 'cookie', ctx.clock.now());
  if (principal?.kind !== 'session') throw unauthenticated();
  const { host } = new URL(dashboardUrl(slug));
  const { url } = await createHandover(ctx, principal, host);
  return next === '/' ? url : `${url}&next=${encodeURIComponent(next)}`;
}
