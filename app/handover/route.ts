import {
  endNonceCookieHeader,
  endReplaced,
  nonceCookie,
  redeemHandover,
} from '@/lib/domains/identity';
import { isDomainError } from '@/lib/kernel/errors';
import { browserPerson, sessionSetCookie } from '@/lib/transport/browser-session';
import { readCookie, requestInfo } from '@/lib/transport/request-info';
import { safePath } from '@/lib/transport/safe-path';
import { seeOther } from '@/lib/transport/see-other';

/** Where a hand-over arrives: the code becomes a session of this host, and is gone from the address. */
export async function GET(request: Request): Promise<Response> {
  const { headers } = request;
  const { searchParams } = new URL(request.url);
  const info = requestInfo(headers);
  const next = safePath(searchParams.get('next'));
  try {
    const { session } = await redeemHandover(info, searchParams.get('code') ?? '', {
      host: headers.get('host') ?? '',
      nonce: readCookie(headers.get('cookie'), nonceCookie()),
    });
    const replaced = await browserPerson(headers, info.clock.now());
    if (replaced) await endReplaced(info, replaced);
    return seeOther(next, [sessionSetCookie(session), endNonceCookieHeader()]);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    // A second tab of the browser that has just been signed in; nothing changes for whoever is in.
    if (await browserPerson(headers, info.clock.now())) return seeOther(next);
    return seeOther('/sign-in?notice=handover');
  }
}
