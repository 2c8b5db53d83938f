import { z } from 'zod';
import { getQuote, quoteDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary: 'Get a quote',
    tag: 'Quotes',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    response: quoteDto,
  },
  ({ ctx, params: { id } }) => getQuote(ctx, id),
);
