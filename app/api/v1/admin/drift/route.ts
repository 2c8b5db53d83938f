import { adminDriftPage, adminDriftQuery, listDrift } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'Subscriptions and invoices that differ from their payment provider, newest first',
    tag: 'Operators',
    access: 'operator',
    query: adminDriftQuery,
    response: adminDriftPage,
  },
  ({ ctx, query }) => listDrift(ctx, query),
);
