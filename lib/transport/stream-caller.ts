import type { Ctx } from '@/lib/kernel/ctx';
import { unauthenticated } from '@/lib/kernel/errors';
import {
  checkNamedTenant,
  checkStatus,
  findCaller,
  TENANT_HEADER,
  tenantCtx,
} from './authenticate';
import { requestInfo } from './request-info';

/** Who has a stream open, and whether the next call of theirs would be let in. Throws like any route does. */
export async function streamCaller(headers: Headers, chosen: string | null): Promise<Ctx> {
  const info = requestInfo(headers);
  const caller = await findCaller(headers, info);
  if (!caller) throw unauthenticated();
  const named = headers.get('x-tenant-id') ?? chosen;
  const wish = { host: headers.get(TENANT_HEADER), path: null, chosen: named };
  const found = await tenantCtx(caller, wish, info);
  await checkNamedTenant(caller, found, wish);
  await checkStatus(found.ctx, found.status, false);
  return found.ctx;
}
