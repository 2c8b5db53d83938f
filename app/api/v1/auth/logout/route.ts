import { endSessionCookieHeader, signOut } from '@/lib/domains/identity';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    summary: 'End the session of this access token or cookie',
    tag: 'People',
    access: 'person',
    quotaExempt: true,
    whileSuspended: true,
    status: 204,
  },
  async ({ ctx, principal }) => {
    await signOut(ctx, principal);
    const headers = principal.via === 'cookie' ? { 'Set-Cookie': endSessionCookieHeader() } : {};
    return new Response(null, { status: 204, headers });
  },
);
