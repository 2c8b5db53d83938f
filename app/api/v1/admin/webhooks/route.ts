import { adminWebhookPage, adminWebhookQuery, listWebhooks } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary:
      'What payment providers have told us, newest first; kept for 90 days once it was dealt with',
    tag: 'Operators',
    access: 'operator',
    query: adminWebhookQuery,
    response: adminWebhookPage,
  },
  ({ ctx, query }) => listWebhooks(ctx, query),
);
