import { defineRoute } from '@/lib/transport/define-route';
import { sseAnswer, streamSpecs } from '@/lib/transport/event-stream';

export const GET = defineRoute(streamSpecs.events, async ({ ctx, query, request }) =>
  sseAnswer(ctx, 'events', request, query.since_seq),
);
