import {
  brandingChange,
  brandingDto,
  getBranding,
  tenantParams,
  updateBranding,
} from '@/lib/domains/tenancy';
import { defineRoute } from '@/lib/transport/define-route';

const shared = {
  tag: 'Tenants',
  access: 'tenant',
  tenantParam: 'id',
  params: tenantParams,
  response: brandingDto,
} as const;

export const GET = defineRoute(
  {
    ...shared,
    permission: 'tenant:read',
    summary: 'Colours and logos, with what the contrast check says',
  },
  ({ ctx }) => getBranding(ctx),
);

export const PATCH = defineRoute(
  {
    ...shared,
    permission: 'tenant:write',
    summary: 'Set the two colours',
    body: brandingChange,
    errors: ['feature_not_in_plan', 'email_not_verified'],
  },
  ({ ctx, body }) => updateBranding(ctx, body),
);
