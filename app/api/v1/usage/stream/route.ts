import { defineRoute } from '@/lib/transport/define-route';
import { sseAnswer, streamSpecs } from '@/lib/transport/event-stream';

export const GET = defineRoute(streamSpecs.usage, async ({ ctx, query, request }) =>
  sseAnswer(ctx, 'usage', request, query.since_seq),
);
