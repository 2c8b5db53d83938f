import { nonceCookie, startNonce } from '@/lib/domains/identity';
import { rootUrl } from '@/lib/domains/tenancy';
import { TENANT_HEADER } from '@/lib/transport/authenticate';
import { readCookie } from '@/lib/transport/request-info';
import { safePath } from '@/lib/transport/safe-path';
import { seeOther } from '@/lib/transport/see-other';

/**
 * Where signing in at a tenant's host by way of the root host begins: this browser gets a nonce, and the
 * root host is asked for a code that only the holder of the nonce can redeem.
 */
export function GET(request: Request): Response {
  const { headers } = request;
  const slug = headers.get(TENANT_HEADER);
  if (!slug) return seeOther('/workspaces');
  // Asked for by a script (a soft navigation), it couldn't leave this origin: let it load as a page.
  if (headers.get('sec-fetch-dest') === 'empty') return new Response(null, { status: 204 });
  const { browserHash, setCookie } = startNonce(readCookie(headers.get('cookie'), nonceCookie()));
  const next = safePath(new URL(request.url).searchParams.get('next'));
  const query = new URLSearchParams({ tenant: slug, browser: browserHash, next });
  return seeOther(rootUrl(`/handover/issue?${query}`), [setCookie]);
}
