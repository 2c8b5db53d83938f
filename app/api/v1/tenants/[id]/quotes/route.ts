import {
  listQuery,
  listQuotes,
  quoteDto,
  quotePage,
  requestQuote,
  requestQuoteInput,
} from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary: 'List the quotes of a tenant',
    tag: 'Quotes',
    access: 'tenant',
    tenantParam: 'id',
    quotaExempt: true,
    whileSuspended: true,
    query: listQuery,
    response: quotePage,
  },
  ({ ctx, query }) => listQuotes(ctx, query),
);

export const POST = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Ask for a quote for the plan that is priced by quote',
    tag: 'Quotes',
    access: 'tenant',
    tenantParam: 'id',
    quotaExempt: true,
    whileSuspended: true,
    body: requestQuoteInput,
    response: quoteDto,
    status: 201,
    errors: ['quote_open'],
  },
  ({ ctx, body }) => requestQuote(ctx, body),
);
