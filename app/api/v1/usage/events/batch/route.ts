import { recordEvents, recordedBatch, usageBatchInput } from '@/lib/domains/usage';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'usage:write',
    summary: 'Report up to 1,000 events',
    tag: 'Usage',
    access: 'tenant',
    body: usageBatchInput,
    ownRows: true,
    response: recordedBatch,
    status: 202,
  },
  ({ ctx, body }) => recordEvents(ctx, body.events),
);
