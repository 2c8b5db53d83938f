import { getOverage, overageList } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary: 'Tell what happens beyond the limits, and what it has cost this month',
    tag: 'Overage',
    access: 'tenant',
    tenantParam: 'id',
    quotaExempt: true,
    whileSuspended: true,
    response: overageList,
  },
  ({ ctx }) => getOverage(ctx),
);
