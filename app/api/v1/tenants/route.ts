import { createTenant, createTenantInput, newTenantDto } from '@/lib/domains/onboarding';
import { listOwnTenant, listQuery, listTenantsOf, tenantPage } from '@/lib/domains/tenancy';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'tenant:read',
    summary: 'The organisations the caller belongs to',
    tag: 'Tenants',
    access: 'person',
    apiKeyToo: true,
    whileSuspended: true,
    query: listQuery,
    response: tenantPage,
  },
  ({ keyCtx, principal, query }) =>
    keyCtx ? listOwnTenant(keyCtx) : listTenantsOf(principal.userId, query),
);

export const POST = defineRoute(
  {
    summary: 'Set up an organisation with its owner and its trial',
    tag: 'Tenants',
    access: 'public',
    body: createTenantInput,
    response: newTenantDto,
    status: 201,
    errors: ['slug_taken', 'rate_limited'],
  },
  ({ ctx, body }) => createTenant(ctx, body),
);
