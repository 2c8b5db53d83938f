import { tenantClockDto, travelInput } from '@/lib/domains/billing';
import { getTenantClock, moveTenantClock } from '@/lib/domains/operator';
import { tenantParams } from '@/lib/domains/tenancy';
import { defineRoute } from '@/lib/transport/define-route';

const shared = {
  tag: 'Operators',
  access: 'operator',
  params: tenantParams,
  response: tenantClockDto,
} as const;

export const GET = defineRoute(
  {
    ...shared,
    platform: 'platform:read',
    summary: 'What time it is in a sandbox organisation, and where it is being moved to',
    errors: ['not_a_sandbox'],
  },
  ({ ctx, params }) => getTenantClock(ctx, params.id),
);

export const POST = defineRoute(
  {
    ...shared,
    platform: 'tenants:write',
    summary: 'Move a sandbox organisation forward in time; what falls due on the way is done',
    body: travelInput,
    status: 202,
    errors: ['not_a_sandbox', 'clock_moving'],
  },
  ({ ctx, params, body }) => moveTenantClock(ctx, { id: params.id, to: body.to }),
);
