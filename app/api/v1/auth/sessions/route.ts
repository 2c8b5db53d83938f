import {
  endSessionCookieHeader,
  endSessionsQuery,
  listSessions,
  revokeOtherSessions,
  sessionList,
  sessionsEnded,
  signOutEverywhere,
} from '@/lib/domains/identity';
import { defineRoute } from '@/lib/transport/define-route';

const shared = {
  tag: 'People',
  access: 'person',
  quotaExempt: true,
  whileSuspended: true,
} as const;

export const GET = defineRoute(
  {
    ...shared,
    summary: 'The person’s live sessions, with device and address',
    response: sessionList,
  },
  async ({ ctx, principal }) => ({ data: await listSessions(ctx, principal), next_cursor: null }),
);

export const DELETE = defineRoute(
  {
    ...shared,
    summary: 'End all other sessions of the person, or all of them',
    query: endSessionsQuery,
    response: sessionsEnded,
  },
  async ({ ctx, principal, query }) => {
    if (query.include_current === 'false') {
      return { ended: await revokeOtherSessions(ctx, principal) };
    }
    const ended = await signOutEverywhere(ctx, principal);
    const headers = principal.via === 'cookie' ? { 'Set-Cookie': endSessionCookieHeader() } : {};
    return Response.json({ ended }, { headers });
  },
);
