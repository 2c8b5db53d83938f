import { listPlatformAudit, platformAuditPage, platformAuditQuery } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'What operators did, newest first',
    tag: 'Operators',
    access: 'operator',
    query: platformAuditQuery,
    response: platformAuditPage,
  },
  ({ ctx, query }) => listPlatformAudit(ctx, query),
);
