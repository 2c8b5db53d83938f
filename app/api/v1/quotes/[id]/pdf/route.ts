import { z } from 'zod';
import { getQuotePdf, quotePdfQuery } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';
import { documentAnswer } from '@/lib/transport/document-answer';

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary: 'Get a quote as PDF, on A4 or Letter',
    tag: 'Quotes',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    query: quotePdfQuery,
    formats: ['application/pdf'],
  },
  async ({ ctx, params, query, request }) =>
    documentAnswer(request, await getQuotePdf(ctx, params.id, query.size)),
);
