import { z } from 'zod';
import { adminQuote, quoteWithdrawBody, withdrawQuote } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'money:write',
    summary: 'Take a quote back before it is answered',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: quoteWithdrawBody,
    response: adminQuote,
    errors: ['quote_accepted', 'quote_declined', 'quote_expired', 'quote_withdrawn'],
  },
  ({ ctx, params, body }) => withdrawQuote(ctx, { id: params.id, ...body }),
);
