import { z } from 'zod';
import { previewAcceptance, quoteConsequence } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary: 'What accepting a quote would do now, and cost',
    tag: 'Quotes',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    response: quoteConsequence,
  },
  ({ ctx, params: { id } }) => previewAcceptance(ctx, id),
);
