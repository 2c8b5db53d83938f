import { invoicePage, listInvoices, listQuery } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary: 'List the invoices of a tenant',
    tag: 'Invoices',
    access: 'tenant',
    tenantParam: 'id',
    quotaExempt: true,
    whileSuspended: true,
    query: listQuery,
    response: invoicePage,
  },
  ({ ctx, query }) => listInvoices(ctx, query),
);
