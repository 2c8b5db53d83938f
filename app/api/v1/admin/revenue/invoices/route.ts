import { listRevenueInvoices } from '@/lib/domains/operator';
import { revenueInvoicePage, revenueInvoicesQuery } from '@/lib/domains/revenue/schemas';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'revenue:read',
    summary: 'The invoices that a month’s revenue is made of, each with its part',
    tag: 'Operators',
    access: 'operator',
    query: revenueInvoicesQuery,
    response: revenueInvoicePage,
  },
  ({ ctx, query }) => listRevenueInvoices(ctx, query),
);
