import { z } from 'zod';
import { declineQuote, declineQuoteInput, quoteDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Decline a quote, for owners',
    tag: 'Quotes',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    body: declineQuoteInput,
    response: quoteDto,
    errors: [
      'quote_requested',
      'quote_revised',
      'quote_accepted',
      'quote_declined',
      'quote_expired',
      'quote_withdrawn',
    ],
  },
  ({ ctx, params: { id }, body }) => declineQuote(ctx, id, body),
);
