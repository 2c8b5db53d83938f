import type { Ctx } from '@/lib/kernel/ctx';
import { unauthenticated } from '@/lib/kernel/errors';
import {
  checkNamedTenant,
  checkStatus,
  findCaller,
  TENANT_HEADER,
  tenantCtx,
} from './authenticate';
import { checkOrigin, requestInfo } from './request-info';

/** Who opens a stream, and for which tenant. Throws like any route does. */
export async function streamCaller(headers: Headers, chosen: string | null): Promise<Ctx> {
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
  checkStatus(found.status, false);
  return found.ctx;
}
