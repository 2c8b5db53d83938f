import { recordEvent, recordedEvent, usageEventInput } from '@/lib/domains/usage';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'usage:write',
    summary: 'Report one event',
    tag: 'Usage',
    access: 'tenant',
    body: usageEventInput,
    response: recordedEvent,
    status: 202,
    errors: ['meter_read_only', 'unknown_meter', 'too_late', 'too_early'],
  },
  ({ ctx, body }) => recordEvent(ctx, body),
);
