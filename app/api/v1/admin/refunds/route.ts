import { adminRefundPage, adminRefundQuery, listRefunds } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'The refunds of all organisations, newest first',
    tag: 'Operators',
    access: 'operator',
    query: adminRefundQuery,
    response: adminRefundPage,
  },
  ({ ctx, query }) => listRefunds(ctx, query),
);
