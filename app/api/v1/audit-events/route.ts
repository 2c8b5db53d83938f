import { auditPage, auditQuery, listAuditEvents } from '@/lib/domains/audit';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'audit:read',
    summary: 'Who did what to what, newest first',
    tag: 'Audit',
    access: 'tenant',
    query: auditQuery,
    response: auditPage,
  },
  ({ ctx, query }) => listAuditEvents(ctx, query),
);
