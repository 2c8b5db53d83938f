import { adminInvoicePage, adminInvoiceQuery, listAllInvoices } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'The invoices of all organisations, newest first',
    tag: 'Operators',
    access: 'operator',
    query: adminInvoiceQuery,
    response: adminInvoicePage,
  },
  ({ ctx, query }) => listAllInvoices(ctx, query),
);
