import {
  adminQuote,
  adminQuotePage,
  adminQuoteQuery,
  createQuote,
  listAllQuotes,
  quoteCreateBody,
} from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'Quotes of all tenants, newest first',
    tag: 'Operators',
    access: 'operator',
    query: adminQuoteQuery,
    response: adminQuotePage,
  },
  ({ ctx, query }) => listAllQuotes(ctx, query),
);

export const POST = defineRoute(
  {
    platform: 'money:write',
    summary: 'Begin a quote for a tenant that didn’t ask',
    tag: 'Operators',
    access: 'operator',
    body: quoteCreateBody,
    response: adminQuote,
    status: 201,
  },
  ({ ctx, body }) => createQuote(ctx, body),
);
