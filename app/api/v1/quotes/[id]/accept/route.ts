import { z } from 'zod';
import { acceptQuote, acceptQuoteInput, quoteDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Accept a quote: begin or change the subscription, for owners',
    tag: 'Quotes',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    body: acceptQuoteInput,
    response: quoteDto,
    errors: [
      'quote_requested',
      'quote_revised',
      'quote_declined',
      'quote_expired',
      'quote_withdrawn',
      'currency_mismatch',
      'gateway_sends_no_invoices',
      'provider_refused',
      'subscription_changing',
      'invoice_unpaid',
      'subscription_past_due',
      'subscription_unpaid',
      'subscription_paused',
    ],
  },
  ({ ctx, params: { id }, body }) => acceptQuote(ctx, id, body),
);
