import { defineRoute } from '@/lib/transport/define-route';
import { sseAnswer, streamQuery } from '@/lib/transport/event-stream';

export const GET = defineRoute(
  {
    permission: 'tenant:read',
    summary: 'What changes in the organisation: WebSocket, or server-sent events',
    tag: 'Usage',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    query: streamQuery,
    formats: ['text/event-stream'],
    errors: ['upgrade_required'],
  },
  async ({ ctx, query, request }) => sseAnswer(ctx, 'events', request, query.since_seq),
);
