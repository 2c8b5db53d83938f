import { listRevenueCustomers } from '@/lib/domains/operator';
import { customerPage, customersQuery } from '@/lib/domains/revenue/schemas';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'revenue:read',
    summary: 'The customers who pay at the end of a month; their sum is its MRR',
    tag: 'Operators',
    access: 'operator',
    query: customersQuery,
    response: customerPage,
  },
  ({ ctx, query }) => listRevenueCustomers(ctx, query),
);
