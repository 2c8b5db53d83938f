import { getRevenue } from '@/lib/domains/operator';
import { revenueDto, revenueQuery } from '@/lib/domains/revenue/schemas';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'revenue:read',
    summary:
      'MRR, its movements, churn and retention, and revenue invoiced, earned and paid, month by month',
    tag: 'Operators',
    access: 'operator',
    query: revenueQuery,
    response: revenueDto,
  },
  ({ ctx, query }) => getRevenue(ctx, query),
);
