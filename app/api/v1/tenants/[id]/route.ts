import { closeTenant } from '@/lib/domains/onboarding';
import {
  getTenant,
  mayCloseTenant,
  tenantChange,
  tenantDto,
  tenantParams,
  updateTenant,
} from '@/lib/domains/tenancy';
import { defineRoute } from '@/lib/transport/define-route';

const shared = {
  tag: 'Tenants',
  access: 'tenant',
  tenantParam: 'id',
  params: tenantParams,
  response: tenantDto,
} as const;

export const GET = defineRoute(
  {
    ...shared,
    permission: 'tenant:read',
    summary: 'One organisation',
    setupToken: true,
    whileSuspended: true,
  },
  ({ ctx }) => getTenant(ctx),
);

const change = {
  ...shared,
  permission: 'tenant:write',
  summary: 'Change name or kind of the organisation',
  body: tenantChange,
} as const;

export const PATCH = defineRoute(change, ({ ctx, body }) => updateTenant(ctx, body));
export const PUT = defineRoute(change, ({ ctx, body }) => updateTenant(ctx, body));

export const DELETE = defineRoute(
  {
    ...shared,
    policy: mayCloseTenant,
    permission: 'tenant:write',
    summary: 'Close the organisation; an owner can bring it back within 30 days',
    whileSuspended: true,
  },
  ({ ctx }) => closeTenant(ctx),
);
