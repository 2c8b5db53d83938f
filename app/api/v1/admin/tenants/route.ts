import { adminTenantPage, adminTenantQuery, listAllTenants } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'All organisations, closed ones too, newest first',
    tag: 'Operators',
    access: 'operator',
    query: adminTenantQuery,
    response: adminTenantPage,
  },
  ({ ctx, query }) => listAllTenants(ctx, query),
);
