import { z } from 'zod';
import { adminQuote, quoteSendBody, sendQuote } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'money:write',
    summary: 'Send a quote’s draft as its next revision',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: quoteSendBody,
    response: adminQuote,
    errors: ['no_draft', 'draft_changed', 'quote_accepted', 'in_the_past', 'currency_mismatch'],
  },
  ({ ctx, params, body }) => sendQuote(ctx, { id: params.id, ...body }),
);
