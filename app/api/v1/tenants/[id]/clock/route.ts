import { getClock, moveClock, tenantClockDto, travelInput } from '@/lib/domains/billing';
import { tenantParams } from '@/lib/domains/tenancy';
import { defineRoute } from '@/lib/transport/define-route';

const shared = {
  tag: 'Sandbox',
  access: 'tenant',
  tenantParam: 'id',
  params: tenantParams,
  response: tenantClockDto,
  quotaExempt: true,
  whileSuspended: true,
} as const;

export const GET = defineRoute(
  {
    ...shared,
    permission: 'billing:read',
    summary: 'What time it is in a sandbox organisation, and where it is being moved to',
    errors: ['not_a_sandbox'],
  },
  ({ ctx }) => getClock(ctx),
);

export const POST = defineRoute(
  {
    ...shared,
    permission: 'billing:write',
    summary: 'Move a sandbox organisation forward in time; what falls due on the way is done',
    body: travelInput,
    status: 202,
    errors: ['not_a_sandbox', 'clock_moving'],
  },
  ({ ctx, body }) => moveClock(ctx, body),
);
