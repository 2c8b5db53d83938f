import { currentUsage, getCurrentUsage } from '@/lib/domains/usage';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'usage:read',
    summary: 'What is used this month, and when it runs out',
    tag: 'Usage',
    access: 'tenant',
    tenantParam: 'id',
    quotaExempt: true,
    whileSuspended: true,
    response: currentUsage,
  },
  async ({ ctx }) => ({ data: await getCurrentUsage(ctx) }),
);
