import {
  adminSubscriptionPage,
  adminSubscriptionQuery,
  listAllSubscriptions,
} from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'The subscriptions of all organisations, newest first',
    tag: 'Operators',
    access: 'operator',
    query: adminSubscriptionQuery,
    response: adminSubscriptionPage,
  },
  ({ ctx, query }) => listAllSubscriptions(ctx, query),
);
