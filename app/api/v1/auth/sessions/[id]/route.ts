import { revokeSession, sessionParams } from '@/lib/domains/identity';
import { defineRoute } from '@/lib/transport/define-route';

export const DELETE = defineRoute(
  {
    summary: 'End one session of the person',
    tag: 'People',
    access: 'person',
    quotaExempt: true,
    whileSuspended: true,
    params: sessionParams,
    status: 204,
  },
  ({ ctx, principal, params }) => revokeSession(ctx, principal, params.id),
);
