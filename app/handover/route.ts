import { safePath } from '../(auth)/_components/safe-path';
import { redeemHandover } from '@/lib/domains/identity';
import { isDomainError } from '@/lib/kernel/errors';
import { sessionSetCookie } from '@/lib/transport/browser-session';
import { requestInfo } from '@/lib/transport/request-info';

/** Where a hand-over arrives: the code becomes a session of this host, and is gone from the address. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const code = searchParams.get('code') ?? '';
  try {
    const host = request.headers.get('host') ?? '';
    const { session } = await redeemHandover(requestInfo(request.headers), code, host);
    const cookie = sessionSetCookie(session);
    return leave(safePath(searchParams.get('next')), { 'Set-Cookie': cookie });
  } catch (error) {
    if (isDomainError(error)) return leave('/sign-in?notice=handover');
    throw error;
  }
}

/** Relative on purpose: behind a proxy this process doesn't know the browser's address. */
function leave(location: string, headers: Record<string, string> = {}): Response {
  return new Response(null, {
    status: 303,
    headers: {
      Location: location,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      ...headers,
    },
  });
}
