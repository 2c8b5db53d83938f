import { exportRevenueCustomers, listRevenueCustomers } from '@/lib/domains/operator';
import { customerPage, customersQuery } from '@/lib/domains/revenue/schemas';
import { defineRoute } from '@/lib/transport/define-route';
import { LIST_FORMATS, listAnswer } from '@/lib/transport/list-answer';

export const GET = defineRoute(
  {
    platform: 'revenue:read',
    summary: 'The customers who pay at the end of a month; their sum is its MRR',
    tag: 'Operators',
    access: 'operator',
    query: customersQuery,
    response: customerPage,
    formats: LIST_FORMATS,
  },
  ({ ctx, query, request }) =>
    listAnswer(request, `mrr-${query.month}`, {
      page: () => listRevenueCustomers(ctx, query),
      whole: () => exportRevenueCustomers(ctx, query),
    }),
);
