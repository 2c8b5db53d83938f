import type { Ctx } from '@/lib/kernel/ctx';
import { unauthenticated } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import { checkNamedTenant, findCaller, TENANT_HEADER, tenantCtx } from './authenticate';
import { problemOf } from './error-map';
import { checkOrigin, requestInfo } from './request-info';

/** Who opens a stream, and for which tenant. Throws like any route does. */
export async function streamCaller(
  headers: Headers,
  chosen: string | null,
): Promise<{ ctx: Ctx; status: string | null }> {
  const info = requestInfo(headers);
  const caller = await findCaller(headers, info);
  if (!caller) throw unauthenticated();
  // A page of another site can open sockets with this person's cookie, so even reading is checked.
  if (caller.kind === 'session' && caller.via === 'cookie' && headers.has('upgrade')) {
    checkOrigin(headers);
  }
  const named = headers.get('x-tenant-id') ?? chosen;
  const wish = { host: headers.get(TENANT_HEADER), path: null, chosen: named };
  const found = await tenantCtx(caller, wish, info);
  await checkNamedTenant(caller, found, wish);
  return found;
}

/** An answer is good for this long, in ms: a revoked credential gets nothing after a second. */
const GOOD_MS = 800;

/** Asks, at most once in a while, whether the credential that opened a stream still holds. */
export function stillAllowed(headers: Headers, ctx: Ctx): () => Promise<boolean> {
  const tenant = publicId('tenant', ctx.tenantId);
  let askedAt = Date.now();
  let allowed = true;
  return async () => {
    if (!allowed || Date.now() - askedAt < GOOD_MS) return allowed;
    try {
      await streamCaller(headers, tenant);
    } catch (error) {
      // A fault of ours says nothing about the credential.
      allowed = problemOf(error, ctx.requestId).status >= 500;
    }
    askedAt = Date.now();
    return allowed;
  };
}
