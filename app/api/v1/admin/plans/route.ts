import { adminPlanList, listAdminPlans } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'Every plan with its versions, who has them, and its draft',
    tag: 'Operators',
    access: 'operator',
    response: adminPlanList,
  },
  async ({ ctx }) => ({ data: await listAdminPlans(ctx), next_cursor: null }),
);
