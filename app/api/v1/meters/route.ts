import {
  createMeter,
  createMeterInput,
  listMeters,
  meterDto,
  meterList,
} from '@/lib/domains/usage';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'usage:read',
    summary: 'List meters',
    tag: 'Usage',
    access: 'tenant',
    response: meterList,
  },
  async ({ ctx }) => ({ data: await listMeters(ctx), next_cursor: null }),
);

export const POST = defineRoute(
  {
    permission: 'usage:write',
    summary: 'Make a meter',
    tag: 'Usage',
    access: 'tenant',
    body: createMeterInput,
    response: meterDto,
    status: 201,
    errors: ['meter_read_only', 'meter_exists', 'too_many_meters'],
  },
  ({ ctx, body }) => createMeter(ctx, body),
);
