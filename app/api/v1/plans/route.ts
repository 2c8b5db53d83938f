import { listPlans, planList } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    summary: 'List the plans on sale',
    tag: 'Plans',
    access: 'public',
    quotaExempt: true,
    response: planList,
  },
  async ({ ctx }) => ({ data: await listPlans(ctx), next_cursor: null }),
);
