import { getCohorts } from '@/lib/domains/operator';
import { cohortsDto, revenueQuery } from '@/lib/domains/revenue/schemas';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'revenue:read',
    summary: 'What became of the customers of each month',
    tag: 'Operators',
    access: 'operator',
    query: revenueQuery,
    response: cohortsDto,
  },
  ({ ctx, query }) => getCohorts(ctx, query),
);
