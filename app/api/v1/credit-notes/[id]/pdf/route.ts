import { z } from 'zod';
import { getCreditNotePdf, invoicePdfQuery } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';
import { documentAnswer } from '@/lib/transport/document-answer';

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary: 'Get a credit note as PDF, on A4 or Letter',
    tag: 'Invoices',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    query: invoicePdfQuery,
    formats: ['application/pdf'],
  },
  async ({ ctx, params, query, request }) =>
    documentAnswer(request, await getCreditNotePdf(ctx, params.id, query.size)),
);
