import { exportRevenueInvoices, listRevenueInvoices } from '@/lib/domains/operator';
import { revenueInvoicePage, revenueInvoicesQuery } from '@/lib/domains/revenue/schemas';
import { defineRoute } from '@/lib/transport/define-route';
import { LIST_FORMATS, listAnswer } from '@/lib/transport/list-answer';

export const GET = defineRoute(
  {
    platform: 'revenue:read',
    summary: 'The invoices that a month’s revenue is made of, each with its part',
    tag: 'Operators',
    access: 'operator',
    query: revenueInvoicesQuery,
    response: revenueInvoicePage,
    formats: LIST_FORMATS,
  },
  ({ ctx, query, request }) =>
    listAnswer(request, `${query.measure}-${query.month}`, {
      page: () => listRevenueInvoices(ctx, query),
      whole: () => exportRevenueInvoices(ctx, query),
    }),
);
